-- test:      continuity.plans-exercised
-- version:   1
-- title:     Each plan in force was exercised this year
-- kind:      state
-- subject:   continuity_plan
-- controls:  BC-06, IR-06
-- severity:  medium
-- needs:     continuity_plan
-- needs:     exercise empty=ok
-- param:     max_days int = 380 guard <= 400
-- why:       A plan nobody has tried is a text about a hope.
-- remedy:    attest exercise add plan=ID kind=tabletop|restore|failover|full.
WITH tried AS (
     SELECT p.id AS of_id,
            max(CASE WHEN x.id IS NULL THEN 0
                     WHEN (x.finished_at >= as_of() - days(:max_days)) IS TRUE THEN 2
                     WHEN x.finished_at IS NULL THEN 1
                     ELSE 0 END) AS level
       FROM continuity_plan p
       LEFT JOIN exercise x ON coalesce(x.plan, '') = p.id AND x.state IN ('finished', 'closed')
      GROUP BY p.id
)
SELECT p.source, p.id,
       CASE t.level WHEN 2 THEN TRUE WHEN 0 THEN FALSE END AS ok,
       CASE WHEN t.level = 1 THEN 'when it was exercised is not known'
            ELSE 'not exercised in the last ' || CAST(:max_days AS TEXT) || ' days' END AS reason,
       p.title || ' ' || p.version AS observed,
       p.owner AS owner
  FROM continuity_plan p
  JOIN tried t ON t.of_id = p.id
 WHERE p.state = 'approved'
