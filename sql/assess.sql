-- How each source fares with each relation, and when it last ran. Runs in a
-- session, so it shows the moment the session shows. The runs themselves are
-- written by us and count as seen with the newest of them.
SELECT s.source AS source, s.relation AS relation, s.status AS status, s.reason AS reason, r.ended_at AS ended_at
  FROM run_status s LEFT JOIN run r ON r.source = s.source
 UNION ALL
SELECT 'attest', 'run', 'ok', NULL, max(n.ended_at) FROM run n HAVING count(*) > 0
