-- population: vendors
-- title:      Vendors and subservice organisations
-- made-of:    The vendors of the register when the period ended, those that ended included.
-- criteria:   CC9.2
-- period:     in the register when the period ended
-- moment:     end
-- times:      contract_date last_review
-- needs:      vendor
-- needs:      contract empty=ok
-- needs:      register empty=ok
SELECT v.id AS id, v.name AS vendor, v.tier AS tier, v.service AS service, v.data_handled AS data, v.personal_data AS personal_data, v.subservice AS subservice,
       (SELECT min(c.signed_at) FROM contract c WHERE c.vendor = v.id AND c.state <> 'draft') AS contract_date,
       v.reviewed_at AS last_review, v.state AS state
  FROM vendor v
 ORDER BY id
-- completeness: vendors are numbered without gaps, every active one has a contract, every contract in force belongs to an active one, and the register was compared with the accounts payable
WITH numbered AS (SELECT r.id AS id FROM vendor r
               WHERE r.id LIKE 'VEN-%' AND trim(substr(r.id, 5), '0123456789') = '' AND substr(r.id, 5, 1) NOT IN ('', '0')),
     highest AS (SELECT max(n.id) AS id FROM numbered n
                  WHERE length(n.id) = (SELECT max(length(m.id)) FROM numbered m))
SELECT 'every number from 1 on is there' AS check_name,
       (coalesce((SELECT h.id FROM highest h), 'VEN-0') = 'VEN-' || CAST((SELECT count(n.id) FROM numbered n) AS TEXT)) AS ok,
       CAST((SELECT count(n.id) FROM numbered n) AS TEXT) || ' with numbers, '
         || CAST((SELECT count(r.id) FROM vendor r) - (SELECT count(n.id) FROM numbered n) AS TEXT) || ' with ids of their own' AS observed,
       'the highest is ' || coalesce((SELECT h.id FROM highest h), 'VEN-0') AS expected
UNION ALL
SELECT 'every active vendor has a contract' AS check_name,
       count(*) = 0 AS ok,
       CAST(count(*) AS TEXT) || ' active vendors without a contract in force' AS observed,
       'none' AS expected
  FROM vendor v
 WHERE v.state = 'active' AND NOT EXISTS (SELECT 1 FROM contract c WHERE c.vendor = v.id AND c.state = 'active')
UNION ALL
SELECT 'contracts in force belong to vendors in use' AS check_name,
       count(*) = 0 AS ok,
       CAST(count(*) AS TEXT) || ' contracts in force whose vendor is not in use' AS observed,
       'none' AS expected
  FROM contract c
 WHERE c.state = 'active'
   AND NOT EXISTS (SELECT 1 FROM vendor v WHERE v.id = c.vendor AND v.state IN ('active', 'offboarding'))
UNION ALL
SELECT 'the register was compared with the accounts payable' AS check_name,
       coalesce(max(r.confirmed_at), 0) >= least(:to, as_of()) - days(31) AS ok,
       coalesce(max('confirmed against: ' || r.basis), 'never confirmed') AS observed,
       'confirmed in the last month of the period, or after it' AS expected
  FROM register r
 WHERE r.id = 'vendor'
