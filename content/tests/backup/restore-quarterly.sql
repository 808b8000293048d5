-- test:      backup.restore-quarterly
-- version:   1
-- title:     Something was restored as a test this quarter
-- kind:      state
-- subject:   -
-- controls:  BC-05
-- severity:  medium
-- needs:     exercise empty=ok
-- param:     max_days int = 100 guard <= 190
-- why:       Tools, keys and people change; restoring is a skill that is lost in a quarter.
-- remedy:    Restore another store than last time: attest exercise add kind=restore data_store=ID.
WITH done AS (
     SELECT max(CASE WHEN (x.finished_at >= as_of() - days(:max_days)) IS TRUE THEN 3
                     WHEN x.finished_at IS NULL THEN 2
                     ELSE 1 END) AS level
       FROM exercise x
      WHERE x.kind IN ('restore', 'failover', 'full') AND x.state IN ('finished', 'closed')
)
SELECT 'restore test' AS item,
       CASE coalesce(d.level, 0) WHEN 3 THEN TRUE WHEN 2 THEN NULL ELSE FALSE END AS ok,
       CASE coalesce(d.level, 0) WHEN 2 THEN 'when it was finished is not known'
            WHEN 0 THEN 'none is on record'
            ELSE 'none in the last ' || CAST(:max_days AS TEXT) || ' days' END AS reason
  FROM done d
