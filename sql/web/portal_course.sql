-- A training of a person, with the course.
SELECT c.id, c.title, c.body, t.state, t.due_at, t.score, t.pass_score, t.completed_at
  FROM training t
  JOIN course c ON c.id = t.course
 WHERE t.id = {training} AND t.person = {person}
