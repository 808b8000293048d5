-- test:      host.processor-flaws
-- version:   1
-- title:     Known flaws of the processors are mitigated
-- kind:      state
-- subject:   host
-- controls:  VM-02, EP-04
-- severity:  medium
-- needs:     host max_age=26h
-- needs:     kernel_security max_age=26h
-- why:       Unmitigated processor flaws let one program, or one tenant, read the memory of another.
-- remedy:    apt install intel-microcode or amd64-microcode, install kernel updates and restart; remove
--            mitigations=off from /etc/default/grub. In a virtual machine the host must offer the new
--            processor features.
SELECT h.source, h.system,
       (k.cpu_vulnerable = 0) AS ok,
       CASE WHEN k.cpu_vulnerable IS NULL THEN 'the processor''s flaws could not be read'
            ELSE 'not mitigated: ' || coalesce(k.cpu_vulnerabilities, 'not named') END AS reason,
       CAST(k.cpu_vulnerable AS TEXT) AS observed,
       '0' AS expected
  FROM host h
  LEFT JOIN kernel_security k ON k.system = h.system
 WHERE h.container IS NOT TRUE
