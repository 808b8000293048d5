-- test:      service.root-confined
-- version:   1
-- title:     Services that run as root cannot gain further rights
-- kind:      state
-- subject:   service
-- controls:  EP-01
-- severity:  low
-- needs:     service max_age=26h
-- why:       A flaw in a service with full rights gives the whole machine away.
-- remedy:    systemctl edit NAME and write [Service], then User=ACCOUNT, or at least NoNewPrivileges=yes;
--            systemd-analyze security NAME shows more.
SELECT source, system, name,
       (account <> 'root' OR no_new_privileges) AS ok,
       CASE WHEN (account <> 'root' OR no_new_privileges) IS NULL THEN 'the rights it runs with could not be read'
            ELSE 'it runs as root without limits' END AS reason,
       account AS observed
  FROM service
 WHERE running IS NOT FALSE
   AND manager IS DISTINCT FROM 'sysv'
