-- test:      access.critical-files
-- version:   2
-- title:     Only root can change the files that the system's safety depends on
-- kind:      state
-- subject:   file_integrity
-- controls:  AC-20
-- severity:  critical
-- needs:     file_integrity max_age=26h
-- why:       Whoever can write these files can give themselves any right or hide what was done.
-- remedy:    chown root FILE && chmod go-w FILE; on Debian the packaged owner and mode are restored by
--            reinstalling the package.
SELECT source, system, path,
       (((owner IN ('root', '0') OR path = '/var/spool/cron/crontabs/' || owner
          OR (path = '/etc/resolv.conf' AND owner = 'systemd-resolve'))
         AND NOT writable_by_group AND NOT writable_by_others)
        OR (path LIKE '/etc/systemd/%' AND type = 'symlink' AND size_bytes = 0)) AS ok,
       CASE WHEN owner IS NULL OR writable_by_group IS NULL OR writable_by_others IS NULL
            THEN 'owner or mode could not be read'
            ELSE 'others than root can change it' END AS reason,
       coalesce(mode, '?') || ' ' || coalesce(owner, '?') || ':' || coalesce(group_name, '?') AS observed,
       'owned by root, not writable by group or others' AS expected
  FROM file_integrity
 WHERE type IS DISTINCT FROM 'missing'
   AND path NOT LIKE '/home/%' AND path NOT LIKE '/var/log%' AND path <> '/var/spool/cron/crontabs'
