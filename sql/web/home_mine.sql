-- What one person is to do next.
SELECT id, title, due_at FROM task WHERE state = 'open' AND owner = {person} ORDER BY coalesce(due_at, as_of() + days(36500)), id LIMIT 6
