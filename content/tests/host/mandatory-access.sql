-- test:      host.mandatory-access
-- version:   1
-- title:     A security module confines programs on every machine
-- kind:      state
-- subject:   host
-- controls:  EP-04
-- severity:  medium
-- needs:     host max_age=26h
-- needs:     kernel_security max_age=26h
-- why:       A confined service that is broken into can reach only what it needs, not the whole machine.
-- remedy:    apt install apparmor apparmor-profiles; aa-enforce the profiles of services; on other systems
--            setenforce 1 and SELINUX=enforcing in /etc/selinux/config.
SELECT h.source, h.system,
       (k.mandatory_access AND k.confined_profiles > 0) AS ok,
       CASE WHEN k.mandatory_access IS FALSE THEN 'no security module enforces a policy'
            WHEN k.confined_profiles IS NOT DISTINCT FROM 0 THEN 'no program is confined'
            ELSE 'the state of the security modules could not be read' END AS reason,
       k.lsm AS observed,
       'AppArmor or SELinux enforcing' AS expected
  FROM host h
  LEFT JOIN kernel_security k ON k.system = h.system
 WHERE h.container IS NOT TRUE
