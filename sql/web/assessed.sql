-- When the whole was assessed: the last moment of each day, newest first. What was assessed before there were rows of
-- it left a commit, if anything had changed, that says in its reason as of when.
SELECT max(x.at) AS at
  FROM (SELECT h.valid_from AS at FROM assessment_history h WHERE h.valid_from <= as_of()
        UNION ALL
        SELECT c.at AS at FROM commits c
         WHERE c.action = 'assess' AND c.reason LIKE '____-__-__T%Z' AND c.at <= as_of()
           AND c.seq < (SELECT coalesce(min(f.opened_by), 9223372036854775807) FROM assessment_history f)) x
 GROUP BY x.at / days(1)
 ORDER BY 1 DESC
 LIMIT 400
