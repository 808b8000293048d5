-- test:      time.synchronised
-- version:   1
-- title:     Every clock is kept right by a running time service
-- kind:      state
-- subject:   host
-- controls:  LG-04
-- severity:  medium
-- needs:     host max_age=26h
-- needs:     time_sync max_age=26h
-- why:       Records of several machines can be put in order only when their clocks agree.
-- remedy:    apt install chrony (or systemd-timesyncd); systemctl enable --now chrony; chronyc tracking
--            shows the state.
SELECT h.source, h.system,
       (t.synchronised AND (t.daemon = 'host' OR (t.daemon <> 'none' AND t.running))) AS ok,
       CASE WHEN t.daemon IS NOT DISTINCT FROM 'none' THEN 'nothing keeps the clock right'
            WHEN t.synchronised IS FALSE THEN 'the kernel holds the clock for not synchronised'
            WHEN t.running IS FALSE THEN 'the time service does not run'
            ELSE 'the state of the clock could not be read' END AS reason,
       t.daemon AS observed
  FROM host h
  LEFT JOIN time_sync t ON t.system = h.system
 WHERE h.container IS NOT TRUE
