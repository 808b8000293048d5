-- test:      incident.exercised
-- version:   1
-- title:     The incident response plan was exercised this year
-- kind:      state
-- subject:   -
-- controls:  IR-06
-- severity:  medium
-- needs:     continuity_plan empty=ok
-- needs:     exercise empty=ok
-- param:     max_days int = 380 guard <= 400
-- why:       The first run through a plan always finds its holes; let it not be the real one.
-- remedy:    attest exercise add kind=tabletop plan=PLAN; run through it with everyone who has a role.
WITH done AS (
     SELECT max(CASE WHEN p.id IS NULL THEN 1
                     WHEN (x.finished_at >= as_of() - days(:max_days) AND x.participants IS NOT NULL) IS TRUE THEN 3
                     WHEN x.finished_at IS NULL THEN 2
                     ELSE 1 END) AS level
       FROM exercise x
       LEFT JOIN continuity_plan p ON p.id = coalesce(x.plan, '') AND p.kind = 'incident_response'
      WHERE x.state IN ('finished', 'closed')
)
SELECT 'incident response exercise' AS item,
       CASE coalesce(d.level, 0) WHEN 3 THEN TRUE WHEN 2 THEN NULL ELSE FALSE END AS ok,
       CASE coalesce(d.level, 0) WHEN 2 THEN 'when it was finished is not known'
            ELSE 'not done in the last ' || CAST(:max_days AS TEXT) || ' days, with those who took part named' END AS reason
  FROM done d
