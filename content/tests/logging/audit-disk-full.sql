-- test:      logging.audit-disk-full
-- version:   1
-- title:     A full disk does not silence the audit trail unnoticed
-- kind:      state
-- subject:   audit_config
-- controls:  LG-01
-- severity:  low
-- needs:     audit_config max_age=26h
-- needs:     host max_age=26h
-- why:       Filling the disk must not be a way to act unrecorded.
-- remedy:    In /etc/audit/auditd.conf set disk_full_action = syslog (or single, halt) and restart auditd.
SELECT a.source, a.system,
       (lower(a.disk_full_action) NOT IN ('ignore', 'suspend')) AS ok,
       CASE WHEN a.disk_full_action IS NULL THEN 'what happens on a full disk could not be read'
            ELSE 'recording stops without a word' END AS reason,
       a.disk_full_action AS observed
  FROM audit_config a
  LEFT JOIN host h ON h.system = a.system
 WHERE a.installed IS NOT FALSE
   AND h.container IS NOT TRUE
