-- Persons as they stand, each with the number and time of its version and when it was first recorded.
SELECT h.id, h.name, h.state, h.email, h.login, h.kind, h.job_title, h.team, h.manager, h.external_id, h.user_name, h.directory,
       h.permission, h.starts_at, h.ends_at, h.left_at, h.row_id, h.valid_from, b.began
  FROM person_history h
  JOIN (SELECT id, min(valid_from) AS began FROM person_history WHERE source = 'record' {only} GROUP BY id) b ON b.id = h.id
 WHERE h.source = 'record' AND h.valid_from <= as_of() AND h.valid_to > as_of()
 ORDER BY h.id
