-- test:      continuity.plans-approved
-- version:   1
-- title:     Plans for continuity and recovery are in force and were approved this year
-- kind:      state
-- subject:   -
-- controls:  BC-01
-- severity:  high
-- needs:     continuity_plan empty=ok
-- param:     max_days int = 380 guard <= 400
-- why:       What is done first, by whom and from where cannot be decided while everything is down.
-- remedy:    attest continuity_plan add kind=continuity (and kind=recovery); have somebody who does not own it
--            approve it.
WITH kinds AS (
     SELECT 'continuity' AS kind_of_plan UNION ALL SELECT 'recovery' AS kind_of_plan
), plans AS (
     SELECT k.kind_of_plan AS kind_of_plan,
            max(CASE WHEN p.id IS NULL THEN 0
                     WHEN (p.approver <> p.owner AND p.approved_at >= as_of() - days(:max_days)) IS TRUE THEN 3
                     WHEN (p.approver <> p.owner AND p.approved_at >= as_of() - days(:max_days)) IS NULL THEN 2
                     ELSE 1 END) AS level
       FROM kinds k
       LEFT JOIN continuity_plan p ON p.kind = k.kind_of_plan AND p.state = 'approved'
      GROUP BY k.kind_of_plan
)
SELECT x.kind_of_plan || ' plan' AS item,
       CASE x.level WHEN 3 THEN TRUE WHEN 2 THEN NULL ELSE FALSE END AS ok,
       CASE x.level WHEN 0 THEN 'no plan is in force'
            WHEN 2 THEN 'who approved it, or when, is not known'
            ELSE 'approved by its owner, or too long ago' END AS reason
  FROM plans x
