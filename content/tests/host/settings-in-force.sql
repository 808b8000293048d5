-- test:      host.settings-in-force
-- version:   1
-- title:     Kernel settings run as they are written in files
-- kind:      state
-- subject:   setting
-- controls:  EP-01, EP-04
-- severity:  medium
-- needs:     setting max_age=26h
-- needs:     host max_age=26h
-- why:       A setting changed by hand, or by an intruder, undoes the hardening everybody believes in.
-- remedy:    sysctl --system loads what is written; if the running value is the wanted one, write it to
--            /etc/sysctl.d.
SELECT running.source, running.system, running.component, running.name,
       CASE WHEN written.number IS NOT NULL AND running.number IS NOT NULL THEN written.number = running.number
            ELSE trim(written.value) = trim(running.value) END AS ok,
       CASE WHEN written.value IS NULL OR running.value IS NULL THEN 'the written or the running value could not be read'
            ELSE 'the running value is not the written one' END AS reason,
       running.value AS observed,
       written.value AS expected,
       written.defined_in AS link
  FROM setting running
  JOIN setting written ON written.system = running.system AND written.component = 'sysctl.d'
   AND written.name = running.name
  LEFT JOIN host h ON h.system = running.system
 WHERE running.component = 'sysctl'
   AND running.name <> 'kernel.printk'
   AND h.container IS NOT TRUE
