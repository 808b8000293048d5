-- test:      host.process-tracing
-- version:   1
-- title:     A process cannot look into unrelated processes of the same user
-- kind:      state
-- subject:   setting
-- controls:  EP-04
-- severity:  low
-- needs:     host max_age=26h
-- needs:     setting max_age=26h
-- needs:     kernel_security max_age=26h
-- why:       Otherwise one broken program reads the passwords and keys held by all other programs of that
--            person.
-- remedy:    sysctl -w kernel.yama.ptrace_scope=1; to keep it, write the line to
--            /etc/sysctl.d/60-hardening.conf.
SELECT h.source, h.system, 'sysctl' AS component, 'kernel.yama.ptrace_scope' AS name,
       CASE WHEN s.name IS NULL AND (k.lsm NOT LIKE '%yama%') IS TRUE THEN FALSE
            ELSE s.number >= 1 END AS ok,
       CASE WHEN s.name IS NULL AND (k.lsm NOT LIKE '%yama%') IS TRUE THEN 'the kernel runs without the module yama'
            WHEN s.number IS NULL
            THEN 'the running value could not be read' ELSE 'any process of the same user can be traced' END AS reason,
       CAST(s.number AS TEXT) AS observed,
       'at least 1' AS expected
  FROM host h
  LEFT JOIN kernel_security k ON k.system = h.system
  LEFT JOIN setting s ON s.system = h.system AND s.component = 'sysctl' AND s.name = 'kernel.yama.ptrace_scope'
 WHERE h.container IS NOT TRUE
