-- When each relation was last looked at, and by how many sources without success.
SELECT s.relation AS relation, max(r.ended_at) AS seen_at, count(*) AS sources,
       sum(CASE WHEN s.status IN ('ok', 'absent') THEN 0 ELSE 1 END) AS failing
  FROM run_status s LEFT JOIN run r ON r.source = s.source
 GROUP BY s.relation
