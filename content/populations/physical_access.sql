-- population: physical_access
-- title:      Access to facilities
-- made-of:    The badges, keys and codes that were held at any time of the period.
-- criteria:   CC6.4
-- period:     held at any time of the period
-- moment:     now
-- times:      granted_at removed_at expires_at
-- needs:      physical_access
-- needs:      facility empty=ok
-- needs:      register empty=ok
SELECT b.id AS grant_id, b.number AS badge_id, b.kind AS kind, b.person AS person, b.facility AS facility, b.area AS area, b.approver AS approver,
       b.granted_at AS granted_at, b.expires_at AS expires_at, b.removed_at AS removed_at, b.state AS state
  FROM physical_access b
 WHERE b.state IN ('granted', 'removed') AND (b.granted_at < :to) IS NOT FALSE AND (b.removed_at >= :from) IS NOT FALSE
 ORDER BY granted_at, grant_id
-- completeness: grants are numbered without gaps, every own facility has somebody who may enter, what is removed has its day, and the register was compared with the badge system
WITH numbered AS (SELECT r.id AS id FROM physical_access r
               WHERE r.id LIKE 'PA-%' AND trim(substr(r.id, 4), '0123456789') = '' AND substr(r.id, 4, 1) NOT IN ('', '0')),
     highest AS (SELECT max(n.id) AS id FROM numbered n
                  WHERE length(n.id) = (SELECT max(length(m.id)) FROM numbered m))
SELECT 'every number from 1 on is there' AS check_name,
       (coalesce((SELECT h.id FROM highest h), 'PA-0') = 'PA-' || CAST((SELECT count(n.id) FROM numbered n) AS TEXT)) AS ok,
       CAST((SELECT count(n.id) FROM numbered n) AS TEXT) || ' with numbers, '
         || CAST((SELECT count(r.id) FROM physical_access r) - (SELECT count(n.id) FROM numbered n) AS TEXT) || ' with ids of their own' AS observed,
       'the highest is ' || coalesce((SELECT h.id FROM highest h), 'PA-0') AS expected
UNION ALL
SELECT 'every own facility has somebody who may enter' AS check_name,
       count(*) = 0 AS ok,
       CAST(count(*) AS TEXT) || ' facilities in use that nobody may enter' AS observed,
       'none' AS expected
  FROM facility k
 WHERE k.kind = 'own' AND k.state = 'in_use'
   AND NOT EXISTS (SELECT 1 FROM physical_access b WHERE b.facility = k.id AND b.state = 'granted')
UNION ALL
SELECT 'what is removed has its day' AS check_name,
       count(*) = 0 AS ok,
       CAST(count(*) AS TEXT) || ' removed grants without the day' AS observed,
       'none' AS expected
  FROM physical_access b
 WHERE b.state = 'removed' AND b.removed_at IS NULL
UNION ALL
SELECT 'the register was compared with the badge system' AS check_name,
       coalesce(max(r.confirmed_at), 0) >= least(:to, as_of()) - days(31) AS ok,
       coalesce(max('confirmed against: ' || r.basis), 'never confirmed') AS observed,
       'confirmed in the last month of the period, or after it' AS expected
  FROM register r
 WHERE r.id = 'physical_access'
