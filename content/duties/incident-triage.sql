-- duty:     incident-triage
-- title:    Judge the reported event
-- why:      The first hours decide how far an attack gets, and an event nobody judged may be one.
-- owner:    security_officer
-- lead:     3 days
-- escalate: 1 day
-- priority: critical
SELECT 'incident/' || i.id AS about, 'Judge: ' || i.title AS title,
       i.reported_at + CASE WHEN i.severity IN ('critical', 'high') THEN hours(4) ELSE hours(72) END AS due_at
  FROM incident i
 WHERE i.state = 'reported'
