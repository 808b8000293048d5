-- Findings that are not closed.
SELECT id AS finding, title, severity, owner, due_at, state
  FROM finding
 WHERE state NOT IN ('closed', 'accepted')
 ORDER BY coalesce(due_at, 0), length(id), id
