-- test:      network.legacy-packages
-- version:   2
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
            count(l.system) AS listed,
            min(CASE WHEN p.installed IS NOT FALSE THEN p.name END) AS first_name
       FROM host h
       LEFT JOIN package p ON p.system = h.system
        AND p.name IN ('telnetd', 'telnetd-ssl', 'inetutils-telnetd', 'telnet-server', 'rsh-server',
                       'rsh-redone-server', 'inetutils-inetd', 'openbsd-inetd', 'nis', 'ypserv', 'ypbind-mt', 'tftpd',
                       'tftpd-hpa', 'atftpd', 'tftp-server', 'talkd', 'inetutils-talkd', 'fingerd', 'rwhod', 'xinetd')
       LEFT JOIN (SELECT DISTINCT system FROM package) l ON l.system = h.system
      GROUP BY h.source, h.system
)
SELECT source, system,
       CASE WHEN listed = 0 OR present = 1 THEN NULL ELSE present = 0 END AS ok,
       CASE WHEN listed = 0 THEN 'no package of this machine is listed'
            WHEN present = 1 THEN 'whether it is fully installed is not known: ' || coalesce(first_name, '')
            ELSE 'installed: ' || coalesce(first_name, '') END AS reason,
       first_name AS observed
  FROM known
