-- The accounts of a system that a review goes through, whose they are, and when that was seen.
SELECT a.login AS login, coalesce(p.id, o.person, q.id, m.id) AS person, a.privileged AS privileged, r.ended_at AS seen_at
  FROM account a
  LEFT JOIN person p ON p.id = a.person
  LEFT JOIN account_owner o ON o.system = a.system AND o.login = a.login AND o.state = 'current'
  LEFT JOIN person q ON q.login = a.login
  LEFT JOIN person m ON m.email = a.login
  LEFT JOIN run r ON r.source = a.source
 WHERE a.system = {system} AND a.active IS NOT FALSE
 ORDER BY a.login
