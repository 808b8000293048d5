-- test:      logging.audit-rules-kept
-- version:   1
-- title:     Audit rules in force and audit rules written down are the same
-- kind:      state
-- subject:   audit_rule
-- controls:  LG-01
-- severity:  low
-- needs:     audit_rule max_age=26h
-- why:       A rule only in memory is gone after a restart; a rule only on disk records nothing.
-- remedy:    augenrules --load loads what is written; write what is missing into /etc/audit/rules.d/.
SELECT source, system, rule,
       (loaded AND configured) AS ok,
       CASE WHEN loaded IS FALSE THEN 'it is written down but not loaded'
            WHEN configured IS FALSE THEN 'it is loaded but not written down'
            ELSE 'whether it is loaded and written down could not be read' END AS reason
  FROM audit_rule
