-- Each source, how its last run ended, and how many of its relations it could not read.
SELECT r.source, r.status, r.reason, r.ended_at,
       (SELECT count(*) FROM run_status s WHERE s.source = r.source AND s.status NOT IN ('ok', 'absent')) AS lacking
  FROM run r
 ORDER BY r.source
