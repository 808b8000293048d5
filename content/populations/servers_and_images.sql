-- population: servers_and_images
-- title:      Servers
-- made-of:    Every host that was collected when the period ended, with the state of its updates. Images and
--             instances of a cloud are seen only where a collector ran on them.
-- criteria:   CC6.8 CC7.1
-- period:     collected when the period ended
-- moment:     end
-- times:      lists_refreshed_at support_until
-- needs:      host max_age=7d
-- needs:      patch_state max_age=7d
-- needs:      asset
SELECT h.system AS id, h.virtualization AS type, h.os_name AS image, h.os_version AS os_version, h.kernel AS kernel,
       h.os_support_until AS support_until, p.lists_refreshed_at AS lists_refreshed_at, p.pending_security AS pending_security,
       p.reboot_required AS reboot_required
  FROM host h LEFT JOIN patch_state p ON p.system = h.system
 ORDER BY id
-- completeness: inventory and collection know the same servers, and each host told the state of its updates
SELECT 'every server of the inventory is collected' AS check_name,
       count(*) = 0 AS ok,
       CAST(count(*) AS TEXT) || ' servers in use that no host answers for' AS observed,
       'none' AS expected
  FROM asset a
 WHERE a.kind = 'server' AND a.state = 'in_use'
   AND NOT EXISTS (SELECT 1 FROM host h WHERE (h.system = a.system) IS TRUE)
UNION ALL
SELECT 'every host is in the inventory' AS check_name,
       count(*) = 0 AS ok,
       CAST(count(*) AS TEXT) || ' hosts that no asset in use names' AS observed,
       'none' AS expected
  FROM host h
 WHERE NOT EXISTS (SELECT 1 FROM asset a WHERE a.system = h.system AND a.state = 'in_use')
UNION ALL
SELECT 'every host told the state of its updates' AS check_name,
       count(*) = 0 AS ok,
       CAST(count(*) AS TEXT) || ' hosts without it' AS observed,
       'none' AS expected
  FROM host h
 WHERE NOT EXISTS (SELECT 1 FROM patch_state p WHERE p.system = h.system)
