-- test:      logging.audit-locked
-- version:   1
-- title:     Audit rules cannot be changed without a restart
-- kind:      state
-- subject:   audit_config
-- controls:  LG-01, LG-07
-- severity:  low
-- needs:     audit_config max_age=26h
-- needs:     host max_age=26h
-- why:       An intruder's first step is to switch recording off; locked rules make that show.
-- remedy:    Put "-e 2" on the last line of /etc/audit/rules.d/99-finalize.rules and restart.
SELECT a.source, a.system,
       a.immutable AS ok,
       CASE WHEN a.immutable IS NULL THEN 'whether the rules are locked could not be read'
            ELSE 'the administrator can change the rules unseen' END AS reason
  FROM audit_config a
  LEFT JOIN host h ON h.system = a.system
 WHERE a.installed IS NOT FALSE
   AND h.container IS NOT TRUE
