-- test:      host.foreign-modules
-- version:   1
-- title:     No unsigned or forced module was loaded into the kernel
-- kind:      state
-- subject:   host
-- controls:  EP-04, EP-06
-- severity:  medium
-- needs:     host max_age=26h
-- needs:     kernel_security max_age=26h
-- why:       The kernel notes for good when code of unknown origin was loaded; that is how root kits come
--            in.
-- remedy:    Find the module with dmesg | grep -i taint; sign it (kmodsign) or replace it with a packaged
--            one, then restart. An expected vendor driver can be waived.
SELECT h.source, h.system,
       ((k.tainted / 2) % 2 = 0 AND (k.tainted / 8192) % 2 = 0) AS ok,
       CASE WHEN k.tainted IS NULL THEN 'the kernel''s taint could not be read'
            WHEN ((k.tainted / 2) % 2 = 1) IS TRUE THEN 'a module was loaded by force'
            ELSE 'an unsigned module was loaded' END AS reason,
       CAST(k.tainted AS TEXT) AS observed
  FROM host h
  LEFT JOIN kernel_security k ON k.system = h.system
 WHERE h.container IS NOT TRUE
