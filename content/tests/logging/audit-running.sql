-- test:      logging.audit-running
-- version:   1
-- title:     The kernel's audit trail is recorded
-- kind:      state
-- subject:   host
-- controls:  LG-01
-- severity:  high
-- needs:     host max_age=26h
-- needs:     audit_config max_age=26h
-- why:       Without it nobody can say afterwards who did what with which rights.
-- remedy:    apt install auditd; systemctl enable --now auditd; auditctl -e 1.
SELECT h.source, h.system,
       (a.installed AND a.running AND a.enabled) AS ok,
       CASE WHEN a.installed IS FALSE THEN 'the audit daemon is not installed'
            WHEN a.running IS FALSE THEN 'the audit daemon does not run'
            WHEN a.enabled IS FALSE THEN 'the kernel does not record audit events'
            ELSE 'the state of the audit system could not be read' END AS reason
  FROM host h
  LEFT JOIN audit_config a ON a.system = h.system
 WHERE h.container IS NOT TRUE
