-- test:      host.core-dumps
-- version:   1
-- title:     The memory of crashed programs is not kept
-- kind:      state
-- subject:   host
-- controls:  EP-04
-- severity:  low
-- needs:     host max_age=26h
-- needs:     setting max_age=26h
-- why:       A memory image holds whatever the program knew: passwords, keys, customers' data.
-- remedy:    With systemd-coredump write "[Coredump]" and "Storage=none" to
--            /etc/systemd/coredump.conf.d/off.conf; without it sysctl -w "kernel.core_pattern=|/bin/false"
--            and the same in /etc/sysctl.d.
SELECT h.source, h.system,
       CASE WHEN p.value IS NULL THEN NULL
            WHEN (p.value LIKE '|%/systemd-coredump %') IS TRUE THEN c.value = 'none'
            ELSE p.value = '|/bin/false' OR p.value = '|/bin/true' END AS ok,
       CASE WHEN p.value IS NULL THEN 'what becomes of memory images could not be read'
            WHEN (p.value LIKE '|%/systemd-coredump %') IS TRUE AND c.value IS NULL
            THEN 'the settings of systemd-coredump could not be read'
            ELSE 'memory images are kept' END AS reason,
       p.value AS observed,
       'Storage=none, or a core_pattern of |/bin/false' AS expected
  FROM host h
  LEFT JOIN setting p ON p.system = h.system AND p.component = 'sysctl' AND p.name = 'kernel.core_pattern'
  LEFT JOIN setting c ON c.system = h.system AND c.component = 'coredump' AND c.name = 'Storage'
 WHERE h.container IS NOT TRUE
