-- test:      host.address-randomisation
-- version:   1
-- title:     The kernel loads programs at addresses that cannot be foreseen
-- kind:      state
-- subject:   setting
-- controls:  EP-04
-- severity:  medium
-- needs:     host max_age=26h
-- needs:     setting max_age=26h
-- why:       An attacker who knows where code lies in memory needs one flaw where he would otherwise need
--            two.
-- remedy:    sysctl -w kernel.randomize_va_space=2; to keep it, write the line to
--            /etc/sysctl.d/60-hardening.conf.
SELECT h.source, h.system, 'sysctl' AS component, 'kernel.randomize_va_space' AS name,
       (s.number = 2) AS ok,
       CASE WHEN s.number IS NULL THEN 'the running value could not be read'
            ELSE 'addresses are not fully randomised' END AS reason,
       CAST(s.number AS TEXT) AS observed,
       '2' AS expected
  FROM host h
  LEFT JOIN setting s ON s.system = h.system AND s.component = 'sysctl' AND s.name = 'kernel.randomize_va_space'
 WHERE h.container IS NOT TRUE
