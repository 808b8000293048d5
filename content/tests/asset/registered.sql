-- test:      asset.registered
-- version:   1
-- title:     Every machine that was seen is in the inventory
-- kind:      state
-- subject:   host
-- controls:  AM-01
-- severity:  high
-- needs:     host max_age=26h
-- needs:     asset
-- why:       Controls run over the inventory; a machine that is missing from it is missed by all of them.
-- remedy:    attest asset add name=NAME kind=server system=HOST owner=P, and take it into use; or switch it off.
WITH found AS (
     SELECT h.source AS of_source, h.system AS of_system,
            max(CASE WHEN (a.state = 'in_use') IS TRUE THEN 2 WHEN a.id IS NOT NULL THEN 1 ELSE 0 END) AS level
       FROM host h
       LEFT JOIN asset a ON coalesce(a.system, '') = h.system
      GROUP BY h.source, h.system
)
SELECT h.source, h.system,
       CASE WHEN f.level = 2 THEN TRUE ELSE FALSE END AS ok,
       CASE WHEN f.level = 1 THEN 'the inventory says that it is not in use' ELSE 'it is not in the inventory' END AS reason,
       h.os_name AS observed
  FROM host h
  JOIN found f ON f.of_source = h.source AND f.of_system = h.system
