-- duty:     data-rules
-- title:    Approve classes and retention rules anew
-- why:      Laws, contracts and purposes change; a rule nobody has looked at protects and keeps data for reasons that are gone.
-- owner:    privacy_officer
-- lead:     30 days
-- escalate: 14 days
-- priority: medium
SELECT 'data_class/' || c.id AS about, 'Approve the class "' || c.title || '"' AS title,
       coalesce(c.approved_at + days(365), c.valid_from + days(30)) AS due_at
  FROM data_class c
 WHERE c.state <> 'withdrawn'
UNION ALL
SELECT 'retention_rule/' || r.id AS about, 'Approve the retention of ' || r.title AS title,
       coalesce(r.approved_at + days(365), r.valid_from + days(30)) AS due_at
  FROM retention_rule r
 WHERE r.state <> 'withdrawn'
