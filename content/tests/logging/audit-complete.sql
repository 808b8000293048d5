-- test:      logging.audit-complete
-- version:   1
-- title:     The kernel has lost no audit events
-- kind:      state
-- subject:   audit_config
-- controls:  LG-01
-- severity:  medium
-- needs:     audit_config max_age=26h
-- needs:     host max_age=26h
-- why:       A record with gaps cannot show that something did not happen.
-- remedy:    Raise -b in /etc/audit/rules.d/audit.rules to 16384 and drop rules that record too much;
--            auditctl -s shows lost and backlog. The count starts anew with the machine.
SELECT a.source, a.system,
       NOT a.events_lost AS ok,
       CASE WHEN a.events_lost IS NULL THEN 'the count of lost events could not be read'
            ELSE 'events were lost since the machine was started' END AS reason
  FROM audit_config a
  LEFT JOIN host h ON h.system = a.system
 WHERE a.installed IS NOT FALSE
   AND a.running IS NOT FALSE
   AND a.enabled IS NOT FALSE
   AND h.container IS NOT TRUE
