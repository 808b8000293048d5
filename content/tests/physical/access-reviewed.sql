-- test:      physical.access-reviewed
-- version:   1
-- title:     Who may enter was reviewed in the last half year, for every facility of our own
-- kind:      state
-- subject:   facility
-- controls:  PH-03
-- severity:  medium
-- needs:     facility
-- needs:     access_review empty=ok
-- param:     max_days int = 190 guard <= 380
-- why:       Lists of badges grow; people who moved or left stay on them.
-- remedy:    attest access_review add kind=physical system=FACILITY period=2026-H1 reviewer=P due_at=T.
WITH reviewed AS (
     SELECT f.id AS of_id,
            max(CASE WHEN (r.decided_at >= as_of() - days(:max_days)) IS TRUE THEN 2
                     WHEN r.id IS NOT NULL AND r.decided_at IS NULL THEN 1
                     ELSE 0 END) AS level
       FROM facility f
       LEFT JOIN access_review r ON r.system = f.id AND r.kind = 'physical' AND r.state IN ('decided', 'closed')
      GROUP BY f.id
)
SELECT f.source, f.id,
       CASE x.level WHEN 2 THEN TRUE WHEN 0 THEN FALSE END AS ok,
       CASE WHEN x.level = 1 THEN 'when its review was decided is not known'
            ELSE 'not reviewed in the last ' || CAST(:max_days AS TEXT) || ' days' END AS reason,
       f.name AS observed,
       f.owner AS owner
  FROM facility f
  JOIN reviewed x ON x.of_id = f.id
 WHERE f.kind = 'own' AND f.state = 'in_use'
