-- test:      network.no-open-remote-control
-- version:   1
-- title:     No means of controlling a machine stands open without strong sign-in
-- kind:      state
-- subject:   process_listener
-- controls:  NW-02
-- severity:  critical
-- needs:     process_listener max_age=26h
-- why:       An open Docker, Kubernetes, X11 or VNC socket gives the machine to whoever finds it, and
--            finding takes minutes.
-- remedy:    Remove -H tcp:// from the Docker daemon's options, set readOnlyPort: 0 for kubelet, start X
--            with -nolisten tcp, and tunnel VNC through SSH.
SELECT source, system, protocol, address, port,
       (loopback OR protocol <> 'tcp' OR NOT (
           port IN (2375, 10255, 4243) OR (port >= 5900 AND port <= 5909) OR (port >= 6000 AND port <= 6009)
           OR process IN ('Xvnc', 'Xtigervnc', 'x11vnc', 'Xorg'))) AS ok,
       CASE WHEN loopback IS NULL OR process IS NULL THEN 'what listens, or for whom, could not be read in full'
            ELSE 'it gives control of the machine to other machines' END AS reason,
       process AS observed
  FROM process_listener
