-- test:      container.read-only
-- version:   1
-- title:     Containers cannot change their own programs
-- kind:      state
-- subject:   container
-- controls:  EP-11
-- severity:  low
-- needs:     container max_age=26h
-- why:       An intruder who cannot write to the file system cannot settle in it.
-- remedy:    Start it with --read-only and --tmpfs /tmp; keep data in volumes.
SELECT source, system, runtime, name,
       read_only_root AS ok,
       CASE WHEN read_only_root IS NULL THEN 'whether it can be written could not be read'
            ELSE 'its root file system can be written' END AS reason,
       image AS observed
  FROM container
 WHERE running IS NOT FALSE
