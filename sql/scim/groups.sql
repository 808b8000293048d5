-- Groups as they stand, also deleted ones, each with the number and time of its version and when it was first recorded.
SELECT h.id, h.name, h.state, h.members, h.external_id, h.row_id, h.valid_from, b.began
  FROM directory_group_history h
  JOIN (SELECT id, min(valid_from) AS began FROM directory_group_history WHERE source = 'record' GROUP BY id) b ON b.id = h.id
 WHERE h.source = 'record' AND h.valid_from <= as_of() AND h.valid_to > as_of()
 ORDER BY h.id
