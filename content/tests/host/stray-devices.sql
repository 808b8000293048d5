-- test:      host.stray-devices
-- version:   2
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
       CASE WHEN count(r.path) > 0 THEN FALSE
            WHEN count(w.system) = 0 THEN NULL
            ELSE TRUE END AS ok,
       CASE WHEN count(w.system) = 0 THEN 'nothing was told of the files of this machine'
            ELSE 'for example ' || coalesce(min(r.path), '') END AS reason,
       CAST(count(r.path) AS TEXT) AS observed,
       '0' AS expected
  FROM host h
  LEFT JOIN risky_file r ON r.system = h.system AND r.risk = 'device'
  LEFT JOIN (SELECT DISTINCT system FROM risky_file) w ON w.system = h.system
 GROUP BY h.source, h.system
