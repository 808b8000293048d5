-- test:      backup.restore-tested
-- version:   1
-- title:     Every data store was restored as a test this year, completely and within its targets
-- kind:      state
-- subject:   data_store
-- controls:  BC-05
-- severity:  high
-- needs:     data_store
-- needs:     backup_plan empty=ok
-- needs:     exercise empty=ok
-- param:     max_days int = 380 guard <= 400
-- why:       A backup nobody has restored is a hope.
-- remedy:    Restore it to another place, check that it is complete, measure: attest exercise add kind=restore
--            data_store=ID; attest exercise do finish ID.
WITH targets AS (
     SELECT p.data_store AS of_store, min(p.rto_minutes) AS rto, min(p.rpo_minutes) AS rpo
       FROM backup_plan p
      WHERE p.state = 'approved'
      GROUP BY p.data_store
), tries AS (
     SELECT s.id AS of_id, t.of_store AS planned,
            max(CASE WHEN x.id IS NULL OR (x.result = 'pass') IS FALSE OR x.integrity_checked IS FALSE
                       OR (x.finished_at < as_of() - days(:max_days)) IS TRUE
                       OR (x.rto_measured > t.rto) IS TRUE OR (x.rpo_measured > t.rpo) IS TRUE THEN 0
                     WHEN (x.result = 'pass' AND x.integrity_checked AND x.finished_at <= as_of()
                           AND x.rto_measured <= t.rto AND x.rpo_measured <= t.rpo) IS TRUE THEN 2
                     ELSE 1 END) AS level
       FROM data_store s
       LEFT JOIN targets t ON t.of_store = s.id
       LEFT JOIN exercise x
         ON coalesce(x.data_store, '') = s.id AND x.kind IN ('restore', 'failover', 'full') AND x.state IN ('finished', 'closed')
      GROUP BY s.id, t.of_store
)
SELECT s.source, s.id,
       CASE y.level WHEN 2 THEN TRUE WHEN 0 THEN FALSE END AS ok,
       CASE WHEN y.planned IS NULL THEN 'no approved backup plan sets its targets'
            WHEN y.level = 1 THEN 'when it was restored, how that went, or what was measured, is not known'
            ELSE 'not restored in the last ' || CAST(:max_days AS TEXT) || ' days, completely and within its targets' END AS reason,
       s.kind || ' ' || s.name AS observed,
       s.owner AS owner
  FROM data_store s
  JOIN tries y ON y.of_id = s.id
 WHERE s.needs_backup AND s.state = 'in_use' AND s.kind <> 'backup'
