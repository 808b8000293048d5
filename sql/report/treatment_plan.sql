-- The plan that closes the gaps.
SELECT id AS item, action, coalesce(criterion, '') AS criteria, priority, owner, due_at,
       CASE WHEN due_at < as_of() THEN 'overdue' WHEN due_at IS NULL THEN 'no date' ELSE state END AS standing
  FROM remediation
 WHERE state IN ('open', 'in_progress')
 ORDER BY coalesce(due_at, 0), length(id), id
