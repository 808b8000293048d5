-- The courses a person is to take.
SELECT t.id, c.title, t.due_at, t.score, t.course
  FROM training t
  JOIN course c ON c.id = t.course
 WHERE t.person = {person} AND t.state = 'assigned'
 ORDER BY t.due_at, t.id
 LIMIT 100
