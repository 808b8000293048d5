-- What waits for a person as tasks; policies and courses stand in lists of their own.
SELECT t.id, t.title, t.due_at, t.about, t.duty
  FROM task t
 WHERE t.owner = {person} AND t.state = 'open'
   AND coalesce(t.duty, '') NOT IN ('policy-accept', 'training-pass')
 ORDER BY CASE WHEN t.due_at IS NULL THEN 1 ELSE 0 END, t.due_at, t.id
 LIMIT 101
