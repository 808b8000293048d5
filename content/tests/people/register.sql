-- test:      people.register
-- version:   1
-- title:     The list of people was compared with payroll within the last quarter
-- kind:      state
-- subject:   -
-- controls:  HR-10, MO-06
-- severity:  medium
-- needs:     register
-- param:     max_days int = 95 guard <= 100
-- why:       Whoever is missing from the list is missing from every check over people.
-- remedy:    attest person sync FILE with the export of the HR system, or compare the list by hand and confirm the
--            register "person" with what it was compared with.
SELECT 'person' AS item,
       CASE WHEN count(CASE WHEN (confirmed_at >= as_of() - days(:max_days)) IS TRUE THEN 1 END) > 0 THEN TRUE
            WHEN count(CASE WHEN confirmed_at IS NULL THEN 1 END) > 0 THEN NULL
            ELSE FALSE END AS ok,
       CASE WHEN count(*) = 0 THEN 'nobody has said that the list is complete' ELSE 'confirmed too long ago' END AS reason,
       coalesce(min(basis), '?') AS observed, min(keeper) AS owner
  FROM register
 WHERE id = 'person'
