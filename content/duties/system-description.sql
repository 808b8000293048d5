-- duty:     system-description
-- title:    Review the description of the system
-- why:      Readers of the report rely on this text to know what it covers.
-- owner:    security_officer
-- lead:     45 days
-- escalate: 30 days
-- priority: medium
SELECT 'system/' || id AS about,
       CASE WHEN state = 'approved' THEN 'Review the description of "' ELSE 'Finish and approve the description of "' END || title || '"' AS title,
       owner, CASE WHEN state = 'approved' THEN approved_at + days(365) ELSE valid_from + days(60) END AS due_at
  FROM system
 WHERE in_scope AND state <> 'retired'
