-- What is late, of anybody.
SELECT t.id, t.title, coalesce(p.name, t.owner) AS owner, t.due_at
  FROM task t LEFT JOIN person p ON p.id = t.owner
 WHERE t.state = 'open' AND t.due_at < as_of()
 ORDER BY t.due_at, t.id
 LIMIT 6
