-- population: endpoints
-- title:      Laptops, workstations and phones
-- made-of:    The devices of the inventory that were in use when the period ended, with what collection saw of
--             those that name their host. A device that is not collected shows unknown.
-- criteria:   CC6.7 CC6.8
-- period:     in use when the period ended
-- moment:     end
-- times:      confirmed_at
-- needs:      asset
-- needs:      person
-- needs:      host max_age=7d
-- needs:      filesystem max_age=7d
-- needs:      malware_protection max_age=7d
SELECT a.id AS id, a.serial AS serial, a.kind AS kind, a.holder AS owner, h.os_name AS os, h.os_version AS os_version,
       (SELECT min(CASE WHEN f.encrypted IS TRUE THEN 1 WHEN f.encrypted IS FALSE THEN 0 END) FROM filesystem f
         WHERE f.system = a.system AND f.mount_point = '/') AS encrypted,
       (SELECT count(*) FROM malware_protection m WHERE m.system = a.system AND m.running IS TRUE) AS av,
       a.confirmed_at AS confirmed_at
  FROM asset a LEFT JOIN host h ON h.system = a.system
 WHERE a.kind IN ('laptop', 'phone') AND a.state = 'in_use'
 ORDER BY id
-- completeness: devices are numbered without gaps, every employee holds one, and every host that is collected stands in the inventory
WITH numbered AS (SELECT r.id AS id FROM asset r
               WHERE r.id LIKE 'ASSET-%' AND trim(substr(r.id, 7), '0123456789') = '' AND substr(r.id, 7, 1) NOT IN ('', '0')),
     highest AS (SELECT max(n.id) AS id FROM numbered n
                  WHERE length(n.id) = (SELECT max(length(m.id)) FROM numbered m))
SELECT 'every number from 1 on is there' AS check_name,
       (coalesce((SELECT h.id FROM highest h), 'ASSET-0') = 'ASSET-' || CAST((SELECT count(n.id) FROM numbered n) AS TEXT)) AS ok,
       CAST((SELECT count(n.id) FROM numbered n) AS TEXT) || ' with numbers, '
         || CAST((SELECT count(r.id) FROM asset r) - (SELECT count(n.id) FROM numbered n) AS TEXT) || ' with ids of their own' AS observed,
       'the highest is ' || coalesce((SELECT h.id FROM highest h), 'ASSET-0') AS expected
UNION ALL
SELECT 'every employee holds a device' AS check_name,
       count(*) = 0 AS ok,
       CAST(count(*) AS TEXT) || ' people who work here and hold no laptop' AS observed,
       'none' AS expected
  FROM person p
 WHERE p.state = 'active' AND p.kind IS DISTINCT FROM 'director'
   AND NOT EXISTS (SELECT 1 FROM asset a WHERE a.holder = p.id AND a.kind = 'laptop' AND a.state = 'in_use')
UNION ALL
SELECT 'every host that is collected is in the inventory' AS check_name,
       count(*) = 0 AS ok,
       CAST(count(*) AS TEXT) || ' hosts that no asset in use names' AS observed,
       'none' AS expected
  FROM host h
 WHERE NOT EXISTS (SELECT 1 FROM asset a WHERE a.system = h.system AND a.state = 'in_use')
