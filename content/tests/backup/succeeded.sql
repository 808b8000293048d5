-- test:      backup.succeeded
-- version:   1
-- title:     The latest backup ended well
-- kind:      state
-- subject:   backup_tool
-- controls:  BC-03
-- severity:  high
-- needs:     backup_tool max_age=26h
-- why:       A backup that failed is noticed on the day it is needed, unless someone looks now.
-- remedy:    Read the job's output with journalctl -u UNIT, correct the cause, run it again; test restoring
--            a file.
SELECT source, system, tool,
       last_run_ok AS ok,
       CASE WHEN last_run_ok IS NULL THEN 'how the latest run ended could not be read'
            ELSE 'the latest run failed' END AS reason
  FROM backup_tool
 WHERE scheduled IS NOT FALSE
