-- When the whole was assessed: the last moment of each day, newest first. Such a commit says in its reason as of when.
SELECT max(at) AS at
  FROM commits
 WHERE action = 'assess' AND reason LIKE '____-__-__T%Z' AND at <= as_of()
 GROUP BY at / days(1)
 ORDER BY 1 DESC
 LIMIT 400
