-- test:      host.stray-devices
-- version:   1
-- title:     Device files stand only where the system puts them
-- kind:      state
-- subject:   host
-- controls:  EP-08
-- severity:  high
-- needs:     host max_age=26h
-- needs:     risky_file max_age=8d
-- why:       A device file outside /dev gives its owner the raw disk or memory, past every permission.
-- remedy:    rm each file listed by attest sql "SELECT path FROM risky_file WHERE risk = 'device'" after
--            finding out who made it; mount data file systems with nodev.
SELECT h.source, h.system,
       (count(r.path) = 0) AS ok,
       'for example ' || coalesce(min(r.path), '') AS reason,
       CAST(count(r.path) AS TEXT) AS observed,
       '0' AS expected
  FROM host h
  LEFT JOIN risky_file r ON r.system = h.system AND r.risk = 'device'
 GROUP BY h.source, h.system
