-- duty:     incident-followup
-- title:    Bring the incident to its end
-- why:      An incident not understood will come back.
-- owner:    security_officer
-- lead:     30 days
-- escalate: 7 days
-- priority: high
SELECT 'incident/' || i.id AS about, 'Write what was learned from: ' || i.title AS title, i.commander AS owner, i.resolved_at + days(14) AS due_at
  FROM incident i
 WHERE i.severity IN ('critical', 'high') AND i.state = 'resolved' AND i.post_mortem_at IS NULL
UNION ALL
SELECT 'incident/' || i.id AS about, 'Bring to an end: ' || i.title AS title, i.commander AS owner, i.detected_at + days(30) AS due_at
  FROM incident i
 WHERE i.state IN ('triaged', 'declared', 'contained')
UNION ALL
SELECT 'incident/' || i.id AS about, 'Close: ' || i.title AS title, i.commander AS owner, i.resolved_at + days(45) AS due_at
  FROM incident i
 WHERE i.state = 'resolved'
