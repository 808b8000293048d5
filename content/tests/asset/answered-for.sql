-- test:      asset.answered-for
-- version:   1
-- title:     Every asset in use has an owner who works here and a class of data
-- kind:      state
-- subject:   asset
-- controls:  AM-01
-- severity:  medium
-- needs:     asset
-- needs:     person
-- why:       What belongs to nobody is patched, backed up and switched off by nobody.
-- remedy:    attest asset edit ID owner=P classification=CLASS; retire what is not in use any more.
SELECT a.source, a.id,
       CASE WHEN a.owner IS NOT NULL AND (p.state <> 'left') IS TRUE AND a.classification IS NOT NULL THEN TRUE ELSE FALSE END AS ok,
       CASE WHEN a.owner IS NULL THEN 'nobody owns it'
            WHEN (p.state <> 'left') IS NOT TRUE THEN 'its owner has left'
            ELSE 'which data is on it is not recorded' END AS reason,
       a.kind || ' ' || a.name AS observed,
       a.owner AS owner
  FROM asset a
  LEFT JOIN person p ON p.id = coalesce(a.owner, '')
 WHERE a.state = 'in_use'
