-- population: restore_and_dr_tests
-- title:      Restore and recovery exercises
-- made-of:    The exercises that were finished or planned in the period: restores, fail-overs, tabletops and full
--             exercises.
-- criteria:   A1.3
-- period:     when it was finished, or planned
-- moment:     now
-- times:      date
-- needs:      exercise
SELECT e.id AS test_id, e.kind AS kind, coalesce(e.finished_at, e.planned_at) AS date, e.scenario AS scope, e.data_store AS store, e.result AS result,
       e.rto_target AS rto_target, e.rto_measured AS rto, e.rpo_target AS rpo_target, e.rpo_measured AS rpo, e.state AS state
  FROM exercise e
 WHERE (coalesce(e.finished_at, e.planned_at) >= :from AND coalesce(e.finished_at, e.planned_at) < :to) IS NOT FALSE
 ORDER BY date, test_id
-- completeness: exercises are numbered without gaps, a restore was tested every quarter and a recovery every year
WITH numbered AS (SELECT r.id AS id FROM exercise r
               WHERE r.id LIKE 'EX-%' AND trim(substr(r.id, 4), '0123456789') = '' AND substr(r.id, 4, 1) NOT IN ('', '0')),
     highest AS (SELECT max(n.id) AS id FROM numbered n
                  WHERE length(n.id) = (SELECT max(length(m.id)) FROM numbered m))
SELECT 'every number from 1 on is there' AS check_name,
       (coalesce((SELECT h.id FROM highest h), 'EX-0') = 'EX-' || CAST((SELECT count(n.id) FROM numbered n) AS TEXT)) AS ok,
       CAST((SELECT count(n.id) FROM numbered n) AS TEXT) || ' with numbers, '
         || CAST((SELECT count(r.id) FROM exercise r) - (SELECT count(n.id) FROM numbered n) AS TEXT) || ' with ids of their own' AS observed,
       'the highest is ' || coalesce((SELECT h.id FROM highest h), 'EX-0') AS expected
UNION ALL
SELECT 'a restore was tested every quarter' AS check_name,
       count(*) >= (:to - :from) / days(92) AS ok,
       CAST(count(*) AS TEXT) || ' finished restores' AS observed,
       CAST((:to - :from) / days(92) AS TEXT) || ' or more' AS expected
  FROM exercise e
 WHERE e.kind = 'restore' AND e.state IN ('finished', 'closed') AND (e.finished_at >= :from AND e.finished_at < :to) IS TRUE
UNION ALL
SELECT 'a recovery was exercised every year' AS check_name,
       count(*) >= 1 AS ok,
       CAST(count(*) AS TEXT) || ' in the year before the end of the period' AS observed,
       '1 or more' AS expected
  FROM exercise e
 WHERE e.kind IN ('failover', 'full') AND e.state IN ('finished', 'closed')
   AND (e.finished_at >= :to - days(366) AND e.finished_at < :to) IS TRUE
