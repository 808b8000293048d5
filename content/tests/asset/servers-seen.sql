-- test:      asset.servers-seen
-- version:   1
-- title:     Every server in the inventory is one that facts are collected from
-- kind:      state
-- subject:   asset
-- controls:  AM-01, LG-08
-- severity:  high
-- needs:     asset
-- needs:     host max_age=26h
-- why:       Tests say nothing about a server they cannot see, and their green speaks only for the others.
-- remedy:    Collect from it, write its host name into the record (attest asset edit ID system=HOST), or retire it.
SELECT a.source, a.id,
       CASE WHEN count(h.system) > 0 THEN TRUE
            WHEN a.system IS NULL THEN NULL
            ELSE FALSE END AS ok,
       CASE WHEN a.system IS NULL THEN 'its name in the facts is not recorded' ELSE 'nothing is collected from it' END AS reason,
       a.name AS observed,
       a.owner AS owner
  FROM asset a
  LEFT JOIN host h ON h.system = coalesce(a.system, '')
 WHERE a.kind = 'server' AND a.state = 'in_use' AND a.in_scope
 GROUP BY a.source, a.id, a.system, a.name, a.owner
