-- duty:     risk-treatment
-- title:    Carry out the treatment of the risk
-- why:      A plan that is not carried out protects nobody.
-- owner:    security_officer
-- lead:     30 days
-- escalate: 14 days
-- priority: high
SELECT 'risk/' || id AS about,
       CASE WHEN treatment = 'accept' THEN 'Have it accepted, until a date: "'
            WHEN treatment IS NULL OR treatment_due_at IS NULL THEN 'Decide on treatment and date of "'
            ELSE 'Carry out the treatment of "' END || title || '"' AS title, owner,
       coalesce(treatment_due_at, assessed_at + days(30)) AS due_at
  FROM risk
 WHERE state = 'assessed'
