-- test:      asset.confirmed
-- version:   1
-- title:     Every asset in use was seen to be there this year
-- kind:      state
-- subject:   asset
-- controls:  AM-01, PH-05
-- severity:  medium
-- needs:     asset
-- param:     max_days int = 380 guard <= 400
-- why:       An inventory that is only written to lists what was bought and not what is there.
-- remedy:    Look for it, then: attest asset do confirm ID; what is not found: attest asset do lose ID.
SELECT a.source, a.id,
       (a.confirmed_at >= as_of() - days(:max_days)) AS ok,
       CASE WHEN a.confirmed_at IS NULL THEN 'when it was last seen is not known' ELSE 'last seen too long ago' END AS reason,
       a.kind || ' ' || a.name AS observed,
       a.owner AS owner
  FROM asset a
 WHERE a.state = 'in_use'
