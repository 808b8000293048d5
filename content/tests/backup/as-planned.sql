-- test:      backup.as-planned
-- version:   1
-- title:     Backups on hosts run as often as their plan says
-- kind:      state
-- subject:   backup_plan
-- controls:  BC-03
-- severity:  high
-- needs:     backup_plan
-- needs:     data_store
-- needs:     backup_tool max_age=26h
-- why:       A plan says how much may be lost; only the runs that ended well say how much would be.
-- remedy:    Correct the schedule on the host, or the plan. A backup that the service makes itself:
--            attest backup_plan do revise ID, edit ID made_by=provider.
WITH runs AS (
     SELECT p.id AS of_id,
            max(CASE WHEN b.tool IS NULL THEN 0
                     WHEN (b.last_run_ok AND b.last_run_at >= as_of() - minutes(p.frequency_minutes) - hours(2)) IS TRUE THEN 3
                     WHEN (b.last_run_ok AND b.last_run_at >= as_of() - minutes(p.frequency_minutes) - hours(2)) IS NULL THEN 2
                     ELSE 1 END) AS level,
            max(b.last_run_at) AS latest
       FROM backup_plan p
       JOIN data_store s ON s.id = p.data_store
       LEFT JOIN backup_tool b ON b.system = coalesce(s.system, '')
      GROUP BY p.id
)
SELECT p.source, p.id,
       CASE WHEN r.level = 3 THEN TRUE
            WHEN s.system IS NULL OR r.level = 2 THEN NULL
            ELSE FALSE END AS ok,
       CASE WHEN s.system IS NULL THEN 'the host of the data store is not recorded'
            WHEN r.level = 0 THEN 'no backup tool was seen on its host'
            WHEN r.level = 2 THEN 'when it last ran, or how that ended, is not known'
            ELSE 'the latest run failed, or is older than the plan allows' END AS reason,
       s.name || ' on ' || coalesce(s.system, '?') AS observed,
       'every ' || CAST(p.frequency_minutes AS TEXT) || ' minutes, and two hours for it to end and be seen' AS expected,
       p.owner AS owner
  FROM backup_plan p
  JOIN data_store s ON s.id = p.data_store
  JOIN runs r ON r.of_id = p.id
 WHERE p.state = 'approved' AND p.made_by = 'host'
