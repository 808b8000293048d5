-- test:      host.ownerless-files
-- version:   1
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
       (count(r.path) = 0) AS ok,
       'for example ' || coalesce(min(r.path), '') AS reason,
       CAST(count(r.path) AS TEXT) AS observed,
       '0' AS expected
  FROM host h
  LEFT JOIN risky_file r ON r.system = h.system AND r.risk = 'no_owner'
 GROUP BY h.source, h.system
