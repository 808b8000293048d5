-- test:      asset.none-missing
-- version:   1
-- title:     A lost or stolen asset was reported as an incident
-- kind:      state
-- subject:   asset
-- controls:  PH-05, EP-03
-- severity:  high
-- needs:     asset
-- needs:     link empty=ok
-- why:       What was on a lost device may be in other hands; somebody has to judge that and act.
-- remedy:    Report it: attest incident add; then attest link add subject=asset/ID object=incident/INC-N.
WITH reported AS (
     SELECT a.id AS of_id, count(l.id) AS links
       FROM asset a
       LEFT JOIN link l
         ON l.state = 'current' AND (l.subject = 'asset/' || a.id AND l.object LIKE 'incident/%'
                                  OR l.object = 'asset/' || a.id AND l.subject LIKE 'incident/%')
      WHERE a.state = 'lost'
      GROUP BY a.id
)
SELECT a.source, a.id,
       CASE WHEN r.links > 0 THEN TRUE ELSE FALSE END AS ok,
       'no incident is linked to it' AS reason,
       a.kind || ' ' || a.name AS observed,
       a.owner AS owner
  FROM asset a
  JOIN reported r ON r.of_id = a.id
