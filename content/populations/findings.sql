-- population: findings
-- title:      Findings
-- made-of:    The findings that were open at any time of the period, wherever they come from.
-- criteria:   CC4.2
-- period:     open at any time of the period
-- moment:     now
-- times:      opened_at due closed_at
-- needs:      finding
-- needs:      exercise empty=ok
-- needs:      penetration_test empty=ok
-- needs:      register empty=ok
SELECT d.id AS finding_id, d.title AS title, d.origin AS source, d.severity AS severity, d.owner AS owner, d.found_at AS opened_at,
       d.due_at AS due, d.closed_at AS closed_at, d.state AS state
  FROM finding d
 WHERE d.found_at < :to AND (d.closed_at >= :from) IS NOT FALSE
 ORDER BY opened_at, finding_id
-- completeness: findings are numbered without gaps, each exercise that did not pass raised one, and the register was compared with the reports of auditors and testers
WITH numbered AS (SELECT r.id AS id FROM finding r
               WHERE r.id LIKE 'FND-%' AND trim(substr(r.id, 5), '0123456789') = '' AND substr(r.id, 5, 1) NOT IN ('', '0')),
     highest AS (SELECT max(n.id) AS id FROM numbered n
                  WHERE length(n.id) = (SELECT max(length(m.id)) FROM numbered m))
SELECT 'every number from 1 on is there' AS check_name,
       (coalesce((SELECT h.id FROM highest h), 'FND-0') = 'FND-' || CAST((SELECT count(n.id) FROM numbered n) AS TEXT)) AS ok,
       CAST((SELECT count(n.id) FROM numbered n) AS TEXT) || ' with numbers, '
         || CAST((SELECT count(r.id) FROM finding r) - (SELECT count(n.id) FROM numbered n) AS TEXT) || ' with ids of their own' AS observed,
       'the highest is ' || coalesce((SELECT h.id FROM highest h), 'FND-0') AS expected
UNION ALL
SELECT 'each exercise that did not pass raised a finding' AS check_name,
       count(*) = 0 AS ok,
       CAST(count(*) AS TEXT) || ' exercises of the period that did not pass and raised none' AS observed,
       'none' AS expected
  FROM exercise e
 WHERE e.state IN ('finished', 'closed') AND e.result IS DISTINCT FROM 'pass'
   AND (e.finished_at >= :from AND e.finished_at < :to) IS NOT FALSE
   AND NOT EXISTS (SELECT 1 FROM finding d WHERE (d.about = 'exercise/' || e.id) IS TRUE)
UNION ALL
SELECT 'each penetration test says how much it found' AS check_name,
       count(*) = 0 AS ok,
       CAST(count(*) AS TEXT) || ' reported tests that do not say it' AS observed,
       'none' AS expected
  FROM penetration_test t
 WHERE t.state IN ('reported', 'closed') AND t.findings IS NULL
UNION ALL
SELECT 'the register was compared with the reports of auditors and testers' AS check_name,
       coalesce(max(r.confirmed_at), 0) >= least(:to, as_of()) - days(31) AS ok,
       coalesce(max('confirmed against: ' || r.basis), 'never confirmed') AS observed,
       'confirmed in the last month of the period, or after it' AS expected
  FROM register r
 WHERE r.id = 'finding'
