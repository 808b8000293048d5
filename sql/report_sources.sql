SELECT source, coalesce(status, 'error') AS status, coalesce(reason, '') AS reason, coalesce(ended_at, 0) AS ended_at
  FROM run
 ORDER BY source
