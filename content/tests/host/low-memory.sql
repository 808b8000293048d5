-- test:      host.low-memory
-- version:   1
-- title:     Programs cannot place data at the lowest memory addresses
-- kind:      state
-- subject:   setting
-- controls:  EP-04
-- severity:  medium
-- needs:     host max_age=26h
-- needs:     setting max_age=26h
-- why:       It turns a common kind of kernel mistake from a takeover into a mere crash.
-- remedy:    sysctl -w vm.mmap_min_addr=65536; to keep it, write the line to
--            /etc/sysctl.d/60-hardening.conf.
SELECT h.source, h.system, 'sysctl' AS component, 'vm.mmap_min_addr' AS name,
       (s.number >= 65536) AS ok,
       CASE WHEN s.number IS NULL THEN 'the running value could not be read'
            ELSE 'low addresses can be mapped' END AS reason,
       CAST(s.number AS TEXT) AS observed,
       'at least 65536' AS expected
  FROM host h
  LEFT JOIN setting s ON s.system = h.system AND s.component = 'sysctl' AND s.name = 'vm.mmap_min_addr'
 WHERE h.container IS NOT TRUE
