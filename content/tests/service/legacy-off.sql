-- test:      service.legacy-off
-- version:   1
-- title:     No clear-text or long-abandoned service runs or starts by itself
-- kind:      state
-- subject:   service
-- controls:  EP-05, CR-01
-- severity:  high
-- needs:     service max_age=26h
-- why:       Telnet, FTP and their like give every password to whoever listens on the way.
-- remedy:    systemctl disable --now NAME, then apt purge its package; use SSH and SFTP.
SELECT source, system, name,
       (name NOT IN ('telnet', 'telnetd', 'inetd', 'openbsd-inetd', 'inetutils-inetd', 'xinetd', 'rsh', 'rlogin', 'rexec',
                     'tftpd-hpa', 'tftpd', 'atftpd', 'vsftpd', 'proftpd', 'pure-ftpd', 'ypserv', 'ypbind', 'nis', 'rwhod',
                     'talk', 'finger')
        OR (NOT running AND start <> 'enabled')) AS ok,
       CASE WHEN running IS TRUE THEN 'it runs'
            WHEN start IS NOT DISTINCT FROM 'enabled' THEN 'it starts by itself'
            ELSE 'whether it runs or starts could not be read' END AS reason
  FROM service
