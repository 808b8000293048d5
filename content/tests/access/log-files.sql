-- test:      access.log-files
-- version:   1
-- title:     Only the logging service can change the logs
-- kind:      state
-- subject:   file_integrity
-- controls:  LG-07
-- severity:  high
-- needs:     file_integrity max_age=26h
-- why:       A log that its subject can edit is no evidence.
-- remedy:    chown root:adm /var/log/auth.log /var/log/syslog && chmod 0640 /var/log/auth.log /var/log/syslog;
--            chown root:utmp /var/log/wtmp /var/log/btmp && chmod o-w /var/log/wtmp /var/log/btmp.
SELECT source, system, path,
       (owner IN ('root', '0', 'syslog') AND NOT writable_by_others
        AND (NOT writable_by_group OR group_name IN ('utmp', 'adm', 'syslog'))) AS ok,
       CASE WHEN owner IS NULL OR writable_by_others IS NULL OR writable_by_group IS NULL
            THEN 'owner or mode could not be read'
            ELSE 'others can change it' END AS reason,
       coalesce(mode, '?') || ' ' || coalesce(owner, '?') || ':' || coalesce(group_name, '?') AS observed,
       'owned by root or syslog, not writable by others' AS expected
  FROM file_integrity
 WHERE path LIKE '/var/log%' AND type IS DISTINCT FROM 'missing'
