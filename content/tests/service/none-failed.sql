-- test:      service.none-failed
-- version:   1
-- title:     No service has failed
-- kind:      state
-- subject:   service
-- controls:  BC-11
-- severity:  medium
-- needs:     service max_age=26h
-- why:       A service that ended in failure is an outage, a missing safeguard, or a sign of an attack.
-- remedy:    systemctl --failed lists them; journalctl -u NAME says why; after mending it systemctl restart
--            NAME.
SELECT source, system, name,
       NOT failed AS ok,
       CASE WHEN failed IS NULL THEN 'whether it failed could not be read'
            ELSE 'it ended in failure' END AS reason
  FROM service
 WHERE manager IS DISTINCT FROM 'sysv'
