-- test:      asset.disposed-with-proof
-- version:   1
-- title:     Equipment that left was wiped or destroyed, with a certificate and a second person
-- kind:      event
-- subject:   asset
-- controls:  PH-04, PH-05
-- severity:  high
-- needs:     asset
-- needs:     disposal empty=ok
-- param:     window_days int = 380 guard >= 90
-- why:       Discarded disks are read by their next owner; only a record shows that there was nothing to read.
-- remedy:    Get the certificate or the log of the wipe and finish the disposal: attest disposal do finish ID; let somebody else do confirm ID.
WITH proofs AS (
     SELECT a.id AS of_id,
            max(CASE WHEN d.id IS NULL THEN 0
                     WHEN d.method IS NOT NULL AND d.certificate IS NOT NULL AND (d.witness <> d.performer) IS TRUE THEN 3
                     WHEN (d.witness <> d.performer) IS FALSE THEN 1
                     ELSE 2 END) AS level
       FROM asset a
       LEFT JOIN disposal d ON d.subject = 'asset/' || a.id AND d.state = 'done'
      WHERE a.state = 'disposed'
      GROUP BY a.id
)
SELECT a.source, a.id,
       coalesce(a.disposed_at, as_of()) AS at,
       CASE p.level WHEN 3 THEN TRUE WHEN 2 THEN NULL ELSE FALSE END AS ok,
       CASE p.level WHEN 0 THEN 'no disposal of it is on record'
            WHEN 1 THEN 'nobody but the one who did it saw it'
            ELSE 'method, certificate or witness of its disposal is not known' END AS reason,
       a.kind || ' ' || a.name AS observed,
       a.owner AS owner
  FROM asset a
  JOIN proofs p ON p.of_id = a.id
 WHERE coalesce(a.disposed_at, as_of()) >= as_of() - days(:window_days)
