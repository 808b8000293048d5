-- test:      backup.scheduled
-- version:   1
-- title:     Every machine is backed up on a schedule
-- kind:      state
-- subject:   host
-- controls:  BC-03
-- severity:  high
-- needs:     host max_age=26h
-- needs:     backup_tool max_age=26h
-- why:       After a mistake, a failure or ransomware the backup is all that is left.
-- remedy:    apt install restic or borgbackup, and run it from a systemd timer; where backups are made from
--            outside (snapshots of the provider), waive it with their evidence.
WITH known AS (
     SELECT h.source, h.system,
            max(CASE WHEN b.scheduled IS TRUE THEN 2
                     WHEN b.tool IS NOT NULL AND b.scheduled IS NULL THEN 1
                     ELSE 0 END) AS level,
            count(b.tool) AS tools
       FROM host h
       LEFT JOIN backup_tool b ON b.system = h.system
      WHERE h.container IS NOT TRUE
      GROUP BY h.source, h.system
)
SELECT source, system,
       CASE level WHEN 2 THEN TRUE WHEN 0 THEN FALSE END AS ok,
       CASE WHEN level = 1 THEN 'whether a backup is scheduled could not be read'
            WHEN tools = 0 THEN 'no backup tool is installed'
            ELSE 'a backup tool is installed but nothing runs it' END AS reason,
       CAST(tools AS TEXT) || ' tools' AS observed
  FROM known
