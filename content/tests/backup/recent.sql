-- test:      backup.recent
-- version:   1
-- title:     The latest backup is recent
-- kind:      state
-- subject:   backup_tool
-- controls:  BC-03
-- severity:  high
-- needs:     backup_tool max_age=26h
-- param:     max_hours int = 26 guard <= 168
-- why:       A schedule is a plan; what counts is when data was last saved.
-- remedy:    systemctl list-timers shows when it should have run; run it by hand and read what it says:
--            journalctl -u UNIT.
SELECT source, system, tool,
       (last_run_at >= as_of() - hours(:max_hours)) AS ok,
       CASE WHEN last_run_at IS NULL THEN 'when it last ran could not be read'
            ELSE 'the latest run is too long ago' END AS reason,
       schedule AS observed,
       'within ' || CAST(:max_hours AS TEXT) || ' hours' AS expected
  FROM backup_tool
 WHERE scheduled IS NOT FALSE
