-- duty:     backup-plan
-- title:    Plan the backup
-- why:      Whether data survives is decided when the backup is planned, and learned when it is needed.
-- owner:    operations_lead
-- lead:     30 days
-- escalate: 14 days
-- priority: high
SELECT 'data_store/' || s.id AS about, 'Plan the backup of ' || s.name || ', and have the plan approved' AS title,
       s.valid_from + days(30) AS due_at
  FROM data_store s
 WHERE s.needs_backup AND s.state = 'in_use' AND s.kind <> 'backup'
   AND NOT EXISTS (SELECT p.id FROM backup_plan p WHERE p.data_store = s.id AND p.state = 'approved')
UNION ALL
SELECT 'backup_plan/' || p.id AS about, 'Approve the backup plan of ' || p.data_store || ' anew' AS title, p.approved_at + days(365) AS due_at
  FROM backup_plan p
 WHERE p.state = 'approved'
