-- test:      continuity.targets-met
-- version:   1
-- title:     Exercises met their targets of time and loss, with complete data
-- kind:      event
-- subject:   exercise
-- controls:  BC-05, BC-06, BC-09
-- severity:  high
-- needs:     exercise
-- param:     window_days int = 190 guard >= 90
-- why:       The promise to customers is a number; only a measurement shows whether it can be kept.
-- remedy:    Find what took the time or lost the data, correct it and the plan, and exercise again.
SELECT x.source, x.id,
       coalesce(x.finished_at, as_of()) AS at,
       (x.rto_measured <= x.rto_target AND x.rpo_measured <= x.rpo_target AND x.integrity_checked AND x.result = 'pass'
        AND x.lost_writes = 0) AS ok,
       CASE WHEN (x.rto_measured > x.rto_target) IS TRUE THEN 'it took longer than the target'
            WHEN (x.rpo_measured > x.rpo_target) IS TRUE THEN 'more was lost than the target'
            WHEN x.integrity_checked IS FALSE THEN 'nobody checked that the data was complete'
            WHEN (x.lost_writes > 0) IS TRUE THEN 'writes that had been acknowledged were lost'
            WHEN (x.result <> 'pass') IS TRUE THEN 'it went ' || coalesce(x.result, '?')
            ELSE 'a target or a measurement is missing' END AS reason,
       x.kind || ' ' || x.title || ': ' || coalesce(CAST(x.rto_measured AS TEXT), '?') || ' min, ' ||
       coalesce(CAST(x.rpo_measured AS TEXT), '?') || ' min lost' AS observed,
       coalesce(CAST(x.rto_target AS TEXT), '?') || ' min, ' || coalesce(CAST(x.rpo_target AS TEXT), '?') || ' min lost' AS expected,
       x.owner AS owner
  FROM exercise x
 WHERE x.kind IN ('restore', 'failover', 'full') AND x.state IN ('finished', 'closed')
   AND coalesce(x.finished_at, as_of()) >= as_of() - days(:window_days)
