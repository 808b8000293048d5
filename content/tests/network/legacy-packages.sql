-- test:      network.legacy-packages
-- version:   1
-- title:     No clear-text or abandoned network services are installed
-- kind:      state
-- subject:   host
-- controls:  EP-05
-- severity:  medium
-- needs:     host max_age=26h
-- needs:     package max_age=26h
-- why:       Software that sends passwords in clear text gets used one day if it is there.
-- remedy:    apt purge each package named; use SSH and SFTP instead.
WITH known AS (
     SELECT h.source, h.system,
            max(CASE WHEN p.installed IS TRUE THEN 2 WHEN p.name IS NOT NULL AND p.installed IS NULL THEN 1
                     ELSE 0 END) AS present,
            min(CASE WHEN p.installed IS NOT FALSE THEN p.name END) AS first_name
       FROM host h
       LEFT JOIN package p ON p.system = h.system
        AND p.name IN ('telnetd', 'telnetd-ssl', 'inetutils-telnetd', 'telnet-server', 'rsh-server',
                       'rsh-redone-server', 'inetutils-inetd', 'openbsd-inetd', 'nis', 'ypserv', 'ypbind-mt', 'tftpd',
                       'tftpd-hpa', 'atftpd', 'tftp-server', 'talkd', 'inetutils-talkd', 'fingerd', 'rwhod', 'xinetd')
      GROUP BY h.source, h.system
)
SELECT source, system,
       CASE present WHEN 0 THEN TRUE WHEN 2 THEN FALSE END AS ok,
       CASE present WHEN 1 THEN 'whether it is fully installed is not known: ' ELSE 'installed: ' END
           || coalesce(first_name, '') AS reason,
       first_name AS observed
  FROM known
