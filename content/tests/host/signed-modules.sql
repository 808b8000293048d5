-- test:      host.signed-modules
-- version:   1
-- title:     The kernel refuses modules that are not signed
-- kind:      state
-- subject:   host
-- controls:  EP-04
-- severity:  low
-- needs:     host max_age=26h
-- needs:     kernel_security max_age=26h
-- why:       A module runs with all rights; an unsigned one may come from anybody.
-- remedy:    Add module.sig_enforce=1 to GRUB_CMDLINE_LINUX in /etc/default/grub, then update-grub and
--            restart; or set kernel.modules_disabled=1 once all modules are loaded.
SELECT h.source, h.system,
       (k.modules_signed OR k.modules_disabled) AS ok,
       CASE WHEN (k.modules_signed OR k.modules_disabled) IS NULL THEN 'how modules are checked could not be read'
            ELSE 'unsigned modules are accepted' END AS reason
  FROM host h
  LEFT JOIN kernel_security k ON k.system = h.system
 WHERE h.container IS NOT TRUE
