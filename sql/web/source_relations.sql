-- How each source fared with each relation, as of its latest run.
SELECT s.source AS source, s.relation AS relation, coalesce(s.status, 'error') AS status, coalesce(s.reason, '') AS reason,
       r.ended_at AS seen_at, s.valid_from AS since_at
  FROM run_status s LEFT JOIN run r ON r.source = s.source
 ORDER BY source, relation
