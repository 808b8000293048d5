-- What a person has accepted and passed, newest first.
SELECT 'policy' AS kind, po.title || ', version ' || v.version AS title, a.accepted_at AS at_time, a.policy_version AS record
  FROM acceptance a
  JOIN policy_version v ON v.id = a.policy_version
  JOIN policy po ON po.id = v.policy
 WHERE a.person = {person} AND a.state = 'accepted'
UNION ALL
SELECT 'course' AS kind, c.title, t.completed_at AS at_time, t.id AS record
  FROM training t
  JOIN course c ON c.id = t.course
 WHERE t.person = {person} AND t.state = 'completed'
 ORDER BY 3 DESC, 4
 LIMIT 12
