-- population: backups
-- title:      Backup tools and their latest run
-- made-of:    Each backup tool found on a host when the period ended, its schedule and the latest run that left a
--             trace there. Single jobs of the period are not kept as rows: the history of backup_tool shows each
--             run that collection saw.
-- criteria:   A1.2
-- period:     as it stood when the period ended
-- moment:     end
-- times:      started_at
-- needs:      backup_tool max_age=26h
-- needs:      data_store
-- needs:      backup_plan empty=ok
SELECT b.system || '/' || b.tool AS job_id, b.system AS store, b.tool AS tool, b.schedule AS schedule, b.scheduled AS scheduled,
       b.last_run_at AS started_at,
       CASE WHEN b.last_run_ok IS TRUE THEN 'ok' WHEN b.last_run_ok IS FALSE THEN 'failed' END AS status
  FROM backup_tool b
 ORDER BY job_id
-- completeness: each store that needs a backup has an approved plan, the tool each plan names was seen, and each scheduled tool ran within a day
SELECT 'each store that needs a backup has an approved plan' AS check_name,
       count(*) = 0 AS ok,
       CAST(count(*) AS TEXT) || ' stores in use without an approved plan' AS observed,
       'none' AS expected
  FROM data_store d
 WHERE d.needs_backup IS NOT FALSE AND d.state = 'in_use'
   AND NOT EXISTS (SELECT 1 FROM backup_plan p WHERE p.data_store = d.id AND p.state = 'approved')
UNION ALL
SELECT 'the tool of each plan was seen' AS check_name,
       count(*) = 0 AS ok,
       CAST(count(*) AS TEXT) || ' approved plans whose tool no host runs' AS observed,
       'none' AS expected
  FROM backup_plan p
 WHERE p.state = 'approved' AND NOT EXISTS (SELECT 1 FROM backup_tool b WHERE (b.tool = p.tool) IS TRUE)
UNION ALL
SELECT 'each scheduled tool ran within a day' AS check_name,
       count(*) = 0 AS ok,
       CAST(count(*) AS TEXT) || ' scheduled tools without a run in the last 26 hours' AS observed,
       'none' AS expected
  FROM backup_tool b
 WHERE b.scheduled IS NOT FALSE AND (b.last_run_at >= as_of() - hours(26)) IS NOT TRUE
