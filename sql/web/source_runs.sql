-- The latest run of each source.
SELECT source, coalesce(status, 'error') AS status, coalesce(reason, '') AS reason, started_at, ended_at, coalesce(tool, '') AS tool
  FROM run
 ORDER BY source
