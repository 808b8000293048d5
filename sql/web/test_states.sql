-- The outcome of each test, as last recorded.
SELECT test, state, coalesce(population, 0) AS population, coalesce(exceptions, 0) AS exceptions, coalesce(unknowns, 0) AS unknowns,
       coalesce(waived, 0) AS waived, coalesce(weakened, false) AS weakened, coalesce(reason, '') AS reason, valid_from AS since_at,
       coalesce(version, 0) AS version, coalesce(digest, '') AS digest, coalesce(parameters, '') AS parameters
  FROM result
 WHERE {match}
 ORDER BY test
