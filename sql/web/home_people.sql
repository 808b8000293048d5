-- The last changes that people made, newest first; what collects, assesses and turns the duties is left out.
SELECT seq, at, actor, action, reason, leaf
  FROM commits
 WHERE at > as_of() - days(7) AND at <= as_of()
   AND action NOT IN ('collect', 'tick', 'access') AND NOT (action = 'assess' AND reason LIKE '____-__-__T%Z')
   AND (actor LIKE 'web:%' OR actor LIKE 'cli:%' OR actor LIKE 'api:%')
 ORDER BY seq DESC
 LIMIT 6
