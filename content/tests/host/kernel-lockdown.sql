-- test:      host.kernel-lockdown
-- version:   1
-- title:     Even the administrator cannot alter the running kernel
-- kind:      state
-- subject:   host
-- controls:  EP-04
-- severity:  low
-- needs:     host max_age=26h
-- needs:     kernel_security max_age=26h
-- why:       An intruder who became administrator could otherwise hide inside the kernel, where nothing
--            sees him.
-- remedy:    Secure boot switches lockdown on; or add lockdown=integrity to GRUB_CMDLINE_LINUX in
--            /etc/default/grub, then update-grub and restart.
SELECT h.source, h.system,
       (k.lockdown IN ('integrity', 'confidentiality')) AS ok,
       CASE WHEN k.lockdown IS NULL THEN 'the state of lockdown could not be read'
            ELSE 'the kernel is not locked down' END AS reason,
       k.lockdown AS observed,
       'integrity or confidentiality' AS expected
  FROM host h
  LEFT JOIN kernel_security k ON k.system = h.system
 WHERE h.container IS NOT TRUE
