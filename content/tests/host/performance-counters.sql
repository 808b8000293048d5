-- test:      host.performance-counters
-- version:   1
-- title:     Ordinary users cannot watch the kernel through performance counters
-- kind:      state
-- subject:   setting
-- controls:  EP-04
-- severity:  low
-- needs:     host max_age=26h
-- needs:     setting max_age=26h
-- why:       Performance counters reveal what other users and the kernel are doing.
-- remedy:    sysctl -w kernel.perf_event_paranoid=2; to keep it, write the line to
--            /etc/sysctl.d/60-hardening.conf.
SELECT h.source, h.system, 'sysctl' AS component, 'kernel.perf_event_paranoid' AS name,
       (s.number >= 2) AS ok,
       CASE WHEN s.number IS NULL THEN 'the running value could not be read'
            ELSE 'every user may profile the kernel' END AS reason,
       CAST(s.number AS TEXT) AS observed,
       'at least 2' AS expected
  FROM host h
  LEFT JOIN setting s ON s.system = h.system AND s.component = 'sysctl' AND s.name = 'kernel.perf_event_paranoid'
 WHERE h.container IS NOT TRUE
