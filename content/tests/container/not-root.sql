-- test:      container.not-root
-- version:   1
-- title:     Programs in containers do not run as root
-- kind:      state
-- subject:   container
-- controls:  EP-11
-- severity:  medium
-- needs:     container max_age=26h
-- why:       Root in a container is one kernel flaw away from root on the machine.
-- remedy:    Add USER to the image, or start it with --user 1000:1000; or switch on user namespaces for the
--            daemon.
SELECT source, system, runtime, name,
       NOT root AS ok,
       CASE WHEN root IS NULL THEN 'the user it runs as could not be read'
            ELSE 'its first process runs as user id 0' END AS reason,
       image AS observed
  FROM container
 WHERE running IS NOT FALSE
