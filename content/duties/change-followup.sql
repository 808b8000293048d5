-- duty:     change-followup
-- title:    Bring the change to its end
-- why:      The way around the process is safe only as long as somebody looks at who took it and why.
-- owner:    engineering_lead
-- lead:     7 days
-- escalate: 1 day
-- priority: high
SELECT 'change_request/' || c.id AS about, 'Judge the emergency change "' || c.title || '"' AS title, NULL AS owner, c.due_at
  FROM change_request c
 WHERE c.kind = 'emergency' AND c.state IN ('released', 'closed', 'backed_out') AND c.approved_at IS NULL
UNION ALL
SELECT 'change_request/' || c.id AS about, 'Say whether "' || c.title || '" works as meant' AS title, c.author AS owner, c.released_at + days(30) AS due_at
  FROM change_request c
 WHERE c.state = 'released'
UNION ALL
SELECT 'change_request/' || c.id AS about, 'Judge the change "' || c.title || '"' AS title, NULL AS owner, c.valid_from + days(3) AS due_at
  FROM change_request c
 WHERE c.state = 'submitted'
