-- The reviews of access in which a person has decisions to take.
SELECT r.id, r.system, r.due_at, count(d.id) AS pending
  FROM access_review r
  JOIN access_decision d ON d.review = r.id AND d.state = 'pending' AND d.reviewer = {person}
 WHERE r.state = 'running'
 GROUP BY r.id, r.system, r.due_at
 ORDER BY r.due_at, r.id
 LIMIT 50
