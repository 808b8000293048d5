-- test:      host.unprivileged-bpf
-- version:   1
-- title:     Ordinary users cannot load programs into the kernel
-- kind:      state
-- subject:   setting
-- controls:  EP-04
-- severity:  medium
-- needs:     host max_age=26h
-- needs:     setting max_age=26h
-- why:       The kernel's program loader has been the door for many attacks that turn a user into the
--            administrator.
-- remedy:    sysctl -w kernel.unprivileged_bpf_disabled=1; to keep it, write the line to
--            /etc/sysctl.d/60-hardening.conf.
SELECT h.source, h.system, 'sysctl' AS component, 'kernel.unprivileged_bpf_disabled' AS name,
       (s.number >= 1) AS ok,
       CASE WHEN s.number IS NULL THEN 'the running value could not be read'
            ELSE 'every user may load BPF programs' END AS reason,
       CAST(s.number AS TEXT) AS observed,
       'at least 1' AS expected
  FROM host h
  LEFT JOIN setting s ON s.system = h.system AND s.component = 'sysctl' AND s.name = 'kernel.unprivileged_bpf_disabled'
 WHERE h.container IS NOT TRUE
