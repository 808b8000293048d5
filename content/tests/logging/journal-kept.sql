-- test:      logging.journal-kept
-- version:   1
-- title:     Logs on the machine outlive a restart
-- kind:      state
-- subject:   host
-- controls:  LG-03
-- severity:  medium
-- needs:     host max_age=26h
-- needs:     setting max_age=26h
-- needs:     service max_age=26h
-- needs:     file_integrity max_age=26h
-- why:       A crash or a break-in often ends in a restart, and the logs from before it tell what happened.
-- remedy:    mkdir -p /etc/systemd/journald.conf.d; write "[Journal]" and "Storage=persistent" to keep.conf
--            there; systemctl restart systemd-journald.
WITH known AS (
     SELECT h.source, h.system,
            max(CASE WHEN v.running IS TRUE THEN 2 WHEN v.name IS NOT NULL AND v.running IS NULL THEN 1
                     ELSE 0 END) AS syslog
       FROM host h
       LEFT JOIN service v ON v.system = h.system AND v.name IN ('rsyslog', 'syslog-ng', 'inetutils-syslogd', 'busybox-syslogd')
      WHERE h.container IS NOT TRUE
      GROUP BY h.source, h.system
)
SELECT k.source, k.system,
       (CASE k.syslog WHEN 2 THEN TRUE WHEN 0 THEN FALSE END
        OR s.value = 'persistent' OR (s.value = 'auto' AND d.type = 'directory')) AS ok,
       CASE WHEN (k.syslog = 0) IS TRUE AND (s.value IN ('none', 'volatile')) IS TRUE THEN 'the journal is kept in memory only'
            WHEN (k.syslog = 0) IS TRUE AND (s.value = 'auto' AND d.type <> 'directory') IS TRUE
            THEN 'the journal is kept in memory only: /var/log/journal is missing'
            ELSE 'where logs are kept could not be read' END AS reason,
       s.value AS observed,
       'persistent' AS expected
  FROM known k
  LEFT JOIN setting s ON s.system = k.system AND s.component = 'journald' AND s.name = 'Storage'
  LEFT JOIN file_integrity d ON d.system = k.system AND d.path = '/var/log/journal'
