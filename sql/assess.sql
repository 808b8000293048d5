-- How each source fares with each relation, and when it last ran. Runs in a
-- session, so it shows the moment the session shows.
SELECT s.source AS source, s.relation AS relation, s.status AS status, s.reason AS reason, r.ended_at AS ended_at
  FROM run_status s LEFT JOIN run r ON r.source = s.source
