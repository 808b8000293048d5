-- test:      time.error
-- version:   1
-- title:     No clock can be off by more than a few seconds
-- kind:      state
-- subject:   host
-- controls:  LG-04
-- severity:  low
-- needs:     host max_age=26h
-- needs:     time_sync max_age=26h
-- param:     max_ms int = 2048 guard <= 8192
-- why:       The larger the possible error, the less the order of events on different machines is worth.
-- remedy:    apt install chrony, name several near servers in /etc/chrony/chrony.conf, and look at chronyc
--            sources.
SELECT h.source, h.system,
       (t.max_error_ms <= :max_ms) AS ok,
       CASE WHEN t.max_error_ms IS NULL THEN 'the possible error could not be read'
            ELSE 'the clock may be off by more' END AS reason,
       CAST(t.max_error_ms AS TEXT) || ' ms' AS observed,
       'at most ' || CAST(:max_ms AS TEXT) || ' ms' AS expected
  FROM host h
  LEFT JOIN time_sync t ON t.system = h.system
 WHERE h.container IS NOT TRUE
