-- Every state one {key} has had, newest first.
SELECT h.valid_from AS from_at, h.valid_to AS to_at, h.state AS state, coalesce(h.note, '') AS note, h.opened_by AS seq
  FROM {relation}_history h
 WHERE h.{key} = {id} AND h.valid_from <= as_of()
 ORDER BY from_at DESC
 LIMIT 50
