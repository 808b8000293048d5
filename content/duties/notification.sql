-- duty:     notification
-- title:    Send the notice, or say why none is due
-- why:      The clock runs from the moment of knowing, whether or not somebody has thought of it.
-- owner:    legal_counsel
-- lead:     60 days
-- escalate: 1 day
-- priority: critical
SELECT 'notification/' || n.id AS about, 'Send the notice ' || n.regime || ' of ' || n.incident || ', or say why none is due' AS title, n.owner, n.due_at
  FROM notification n
 WHERE n.state = 'open'
