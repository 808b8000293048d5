-- How one test came out over time, newest first.
SELECT h.valid_from AS from_at, h.valid_to AS to_at, h.state AS state, coalesce(h.population, 0) AS population,
       coalesce(h.exceptions, 0) AS exceptions, coalesce(h.unknowns, 0) AS unknowns, coalesce(h.waived, 0) AS waived,
       coalesce(h.version, 0) AS version, h.opened_by AS seq
  FROM result_history h
 WHERE h.test = {id} AND h.valid_from <= as_of()
 ORDER BY from_at DESC
 LIMIT 200
