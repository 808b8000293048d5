-- test:      host.ownerless-files
-- version:   2
-- title:     Every file belongs to an account that exists
-- kind:      state
-- subject:   host
-- controls:  EP-08
-- severity:  low
-- needs:     host max_age=26h
-- needs:     risky_file max_age=8d
-- why:       Files of a removed account fall to the next person who gets its number.
-- remedy:    Give or delete the files listed by attest sql "SELECT path, owner FROM risky_file WHERE risk =
--            'no_owner'": chown root:root FILE.
SELECT h.source, h.system,
       CASE WHEN count(r.path) > 0 THEN FALSE
            WHEN count(w.system) = 0 THEN NULL
            ELSE TRUE END AS ok,
       CASE WHEN count(w.system) = 0 THEN 'nothing was told of the files of this machine'
            ELSE 'for example ' || coalesce(min(r.path), '') END AS reason,
       CAST(count(r.path) AS TEXT) AS observed,
       '0' AS expected
  FROM host h
  LEFT JOIN risky_file r ON r.system = h.system AND r.risk = 'no_owner'
  LEFT JOIN (SELECT DISTINCT system FROM risky_file) w ON w.system = h.system
 GROUP BY h.source, h.system
