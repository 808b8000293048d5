-- The states of one control that reach into a period, oldest first.
SELECT h.state AS state, h.valid_from AS since, h.valid_to AS until
  FROM control_result_history h
 WHERE h.control = {id} AND h.valid_to > {from} AND h.valid_from <= as_of() AND h.state IS NOT NULL
 ORDER BY since
 LIMIT 2000
