-- population: vulnerabilities
-- title:      Vulnerabilities
-- made-of:    The vulnerabilities of the register that were known in the period: found before its end and not
--             fixed before its beginning.
-- criteria:   CC7.1
-- period:     open at any time of the period
-- moment:     now
-- times:      first_seen due fixed_at accepted_until
-- needs:      vulnerability
-- needs:      penetration_test empty=ok
-- needs:      register empty=ok
SELECT v.id AS id, v.title AS title, v.identifier AS identifier, coalesce(v.asset, v.system) AS asset, v.severity AS severity, v.origin AS origin,
       v.found_at AS first_seen, v.due_at AS due, v.fixed_at AS fixed_at, v.accepted_until AS accepted_until, v.state AS state
  FROM vulnerability v
 WHERE v.found_at < :to AND (v.fixed_at >= :from) IS NOT FALSE
 ORDER BY first_seen, id
-- completeness: vulnerabilities are numbered without gaps, those of each penetration test are as many as its report says, and the register was compared with the scanner
WITH numbered AS (SELECT r.id AS id FROM vulnerability r
               WHERE r.id LIKE 'VUL-%' AND trim(substr(r.id, 5), '0123456789') = '' AND substr(r.id, 5, 1) NOT IN ('', '0')),
     highest AS (SELECT max(n.id) AS id FROM numbered n
                  WHERE length(n.id) = (SELECT max(length(m.id)) FROM numbered m))
SELECT 'every number from 1 on is there' AS check_name,
       (coalesce((SELECT h.id FROM highest h), 'VUL-0') = 'VUL-' || CAST((SELECT count(n.id) FROM numbered n) AS TEXT)) AS ok,
       CAST((SELECT count(n.id) FROM numbered n) AS TEXT) || ' with numbers, '
         || CAST((SELECT count(r.id) FROM vulnerability r) - (SELECT count(n.id) FROM numbered n) AS TEXT) || ' with ids of their own' AS observed,
       'the highest is ' || coalesce((SELECT h.id FROM highest h), 'VUL-0') AS expected
UNION ALL
SELECT 'penetration tests and register count alike' AS check_name,
       count(*) = 0 AS ok,
       CAST(count(*) AS TEXT) || ' reported tests of which the register holds another number of findings' AS observed,
       'none' AS expected
  FROM penetration_test t
 WHERE t.state IN ('reported', 'closed')
   AND t.findings IS DISTINCT FROM (SELECT count(*) FROM vulnerability v WHERE v.penetration_test = t.id)
UNION ALL
SELECT 'the register was compared with the scanner' AS check_name,
       coalesce(max(r.confirmed_at), 0) >= least(:to, as_of()) - days(31) AS ok,
       coalesce(max('confirmed against: ' || r.basis), 'never confirmed') AS observed,
       'confirmed in the last month of the period, or after it' AS expected
  FROM register r
 WHERE r.id = 'vulnerability'
