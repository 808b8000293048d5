-- test:      container.own-network
-- version:   1
-- title:     Containers have a network of their own
-- kind:      state
-- subject:   container
-- controls:  EP-11
-- severity:  medium
-- needs:     container max_age=26h
-- why:       A container in the host's network reaches services meant for the host alone.
-- remedy:    Start it without --network host and publish only the ports it serves: --publish
--            127.0.0.1:8080:8080.
SELECT source, system, runtime, name,
       NOT host_network AS ok,
       CASE WHEN host_network IS NULL THEN 'its network could not be read'
            ELSE 'it shares the network of the host' END AS reason,
       image AS observed
  FROM container
 WHERE running IS NOT FALSE
