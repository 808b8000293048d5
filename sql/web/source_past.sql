-- The runs of one source, newest first.
SELECT coalesce(h.status, 'error') AS status, coalesce(h.reason, '') AS reason, h.started_at AS started_at, h.ended_at AS ended_at,
       coalesce(h.tool, '') AS tool, h.opened_by AS seq
  FROM run_history h
 WHERE h.source = {id} AND h.valid_from <= as_of()
 ORDER BY seq DESC
 LIMIT {limit}
