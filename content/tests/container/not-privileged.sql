-- test:      container.not-privileged
-- version:   1
-- title:     No container has all rights over its host
-- kind:      state
-- subject:   container
-- controls:  EP-11
-- severity:  high
-- needs:     container max_age=26h
-- why:       Whoever breaks into a privileged container owns the machine and every other container on it.
-- remedy:    Start it without --privileged and give it only what it needs: --cap-add NAME, --device PATH.
SELECT source, system, runtime, name,
       NOT privileged AS ok,
       CASE WHEN privileged IS NULL THEN 'its rights could not be read'
            ELSE 'it runs privileged' END AS reason,
       image AS observed
  FROM container
 WHERE running IS NOT FALSE
