-- test:      network.agreed-ports
-- version:   1
-- title:     Only agreed ports can be reached from other machines
-- kind:      state
-- subject:   process_listener
-- controls:  NW-02
-- severity:  medium
-- needs:     process_listener max_age=26h
-- param:     port_1 int = 22
-- param:     port_2 int = 80
-- param:     port_3 int = 443
-- param:     port_4 int = 0
-- param:     port_5 int = 0
-- param:     port_6 int = 0
-- why:       Every open port is a door; those nobody decided on are the ones nobody watches.
-- remedy:    Stop the service or bind it to 127.0.0.1 (ss -ltnup shows which it is); put a port that is
--            wanted into one of this test's parameters port_4 to port_6.
SELECT source, system, protocol, address, port,
       (loopback OR port IN (:port_1, :port_2, :port_3, :port_4, :port_5, :port_6)
        OR (protocol = 'udp' AND port IN (68, 546))) AS ok,
       CASE WHEN loopback IS NULL THEN 'whether other machines can reach it could not be read'
            ELSE 'this port was not agreed on' END AS reason,
       process AS observed
  FROM process_listener
