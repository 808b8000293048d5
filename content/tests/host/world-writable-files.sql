-- test:      host.world-writable-files
-- version:   2
-- title:     No file or directory lets everyone change it
-- kind:      state
-- subject:   host
-- controls:  EP-08
-- severity:  medium
-- needs:     host max_age=26h
-- needs:     risky_file max_age=8d
-- why:       Whoever may change a file that others run or read can act in their name.
-- remedy:    chmod o-w FILE for each file listed by attest sql "SELECT path FROM risky_file WHERE risk =
--            'world_writable'"; shared directories need the sticky bit, chmod 1777.
SELECT h.source, h.system,
       CASE WHEN count(r.path) > 0 THEN FALSE
            WHEN count(w.system) = 0 THEN NULL
            ELSE TRUE END AS ok,
       CASE WHEN count(w.system) = 0 THEN 'nothing was told of the files of this machine'
            ELSE 'for example ' || coalesce(min(r.path), '') END AS reason,
       CAST(count(r.path) AS TEXT) AS observed,
       '0' AS expected
  FROM host h
  LEFT JOIN risky_file r ON r.system = h.system AND r.risk = 'world_writable'
  LEFT JOIN (SELECT DISTINCT system FROM risky_file) w ON w.system = h.system
 GROUP BY h.source, h.system
