-- test:      continuity.recovery-exercised
-- version:   1
-- title:     Recovery of the service was exercised this year
-- kind:      state
-- subject:   -
-- controls:  BC-06
-- severity:  high
-- needs:     exercise empty=ok
-- param:     max_days int = 380 guard <= 400
-- why:       Bringing back one file is not bringing back the service.
-- remedy:    Recover the service, or a representative part, from nothing: attest exercise add kind=full (or failover).
WITH done AS (
     SELECT max(CASE WHEN (x.finished_at >= as_of() - days(:max_days)) IS TRUE THEN 3
                     WHEN x.finished_at IS NULL THEN 2
                     ELSE 1 END) AS level
       FROM exercise x
      WHERE x.kind IN ('failover', 'full') AND x.state IN ('finished', 'closed')
)
SELECT 'recovery exercise' AS item,
       CASE coalesce(d.level, 0) WHEN 3 THEN TRUE WHEN 2 THEN NULL ELSE FALSE END AS ok,
       CASE coalesce(d.level, 0) WHEN 2 THEN 'when it was finished is not known'
            WHEN 0 THEN 'none is on record'
            ELSE 'none in the last ' || CAST(:max_days AS TEXT) || ' days' END AS reason
  FROM done d
