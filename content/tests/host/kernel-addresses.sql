-- test:      host.kernel-addresses
-- version:   1
-- title:     Kernel addresses and messages are kept from ordinary users
-- kind:      state
-- subject:   setting
-- controls:  EP-04
-- severity:  low
-- needs:     host max_age=26h
-- needs:     setting max_age=26h
-- why:       Kernel addresses and logs give an intruder with a small foothold the map he needs to take the
--            whole machine.
-- remedy:    sysctl -w kernel.kptr_restrict=1 kernel.dmesg_restrict=1; to keep it, write the line to
--            /etc/sysctl.d/60-hardening.conf.
WITH wanted AS (
     SELECT 'kernel.kptr_restrict' AS parameter, 1 AS bound
     UNION ALL SELECT 'kernel.dmesg_restrict', 1
)
SELECT h.source, h.system, 'sysctl' AS component, w.parameter AS name,
       (s.number >= w.bound) AS ok,
       CASE WHEN s.number IS NULL THEN 'the running value could not be read'
            ELSE 'ordinary users can read it' END AS reason,
       CAST(s.number AS TEXT) AS observed,
       'at least ' || CAST(w.bound AS TEXT) AS expected
  FROM host h
 CROSS JOIN wanted w
  LEFT JOIN setting s ON s.system = h.system AND s.component = 'sysctl' AND s.name = w.parameter
 WHERE h.container IS NOT TRUE
