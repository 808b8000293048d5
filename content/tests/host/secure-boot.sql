-- test:      host.secure-boot
-- version:   1
-- title:     Every machine starts only signed code
-- kind:      state
-- subject:   host
-- controls:  EP-04
-- severity:  low
-- needs:     host max_age=26h
-- needs:     kernel_security max_age=26h
-- why:       Malicious code that loads before the system cannot be seen or removed by anything that runs in
--            it.
-- remedy:    Switch Secure Boot on in the firmware or the virtual machine's settings; apt install
--            shim-signed; check with mokutil --sb-state.
SELECT h.source, h.system,
       k.secure_boot AS ok,
       CASE WHEN k.secure_boot IS NULL THEN 'the state of secure boot could not be read'
            ELSE 'secure boot is off' END AS reason
  FROM host h
  LEFT JOIN kernel_security k ON k.system = h.system
 WHERE h.container IS NOT TRUE
