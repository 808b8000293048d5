-- test:      asset.retired-wiped
-- version:   1
-- title:     Retired equipment is wiped or gone within a quarter
-- kind:      state
-- subject:   asset
-- controls:  PH-04
-- severity:  medium
-- needs:     asset
-- needs:     disposal empty=ok
-- param:     max_days int = 90 guard <= 190
-- why:       Old disks in a cupboard are the ones nobody misses.
-- remedy:    Wipe it and record that: attest disposal add subject=asset/ID kind=medium.
WITH wiped AS (
     SELECT a.id AS of_id, count(d.id) AS done
       FROM asset a
       LEFT JOIN disposal d ON d.subject = 'asset/' || a.id AND d.state = 'done'
      WHERE a.state = 'retired'
      GROUP BY a.id
)
SELECT a.source, a.id,
       CASE WHEN w.done > 0 THEN TRUE ELSE (a.retired_at >= as_of() - days(:max_days)) END AS ok,
       CASE WHEN a.retired_at IS NULL THEN 'since when it is retired is not known' ELSE 'retired and not wiped' END AS reason,
       a.kind || ' ' || a.name AS observed,
       a.owner AS owner
  FROM asset a
  JOIN wiped w ON w.of_id = a.id
 WHERE a.kind IN ('server', 'laptop', 'phone', 'network_device', 'medium', 'other')
