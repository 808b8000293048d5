-- test:      network.no-clear-text
-- version:   1
-- title:     No service that carries passwords in clear text can be reached
-- kind:      state
-- subject:   process_listener
-- controls:  CR-01, NW-02
-- severity:  high
-- needs:     process_listener max_age=26h
-- why:       Telnet, plain FTP and the r-commands hand every password to whoever can listen on the way.
-- remedy:    systemctl disable --now the service and use SSH or SFTP; apt purge telnetd vsftpd tftpd-hpa
--            rsh-server.
SELECT source, system, protocol, address, port,
       (loopback OR NOT (
           (protocol = 'tcp' AND port IN (20, 21, 23, 79, 110, 143, 512, 513, 514))
           OR (protocol = 'udp' AND port IN (69, 161))
           OR process IN ('in.telnetd', 'telnetd', 'in.tftpd', 'atftpd', 'in.rshd', 'in.rlogind', 'in.rexecd', 'in.fingerd'))
       ) AS ok,
       CASE WHEN loopback IS NULL OR process IS NULL THEN 'what listens, or for whom, could not be read in full'
            ELSE 'it carries passwords or data in clear text' END AS reason,
       process AS observed
  FROM process_listener
