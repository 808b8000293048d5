-- duty:     control-start
-- title:    Put the control into operation
-- why:      A control that is planned stops nothing.
-- owner:    compliance_lead
-- lead:     60 days
-- escalate: 30 days
-- priority: medium
SELECT 'control/' || id AS about,
       CASE WHEN owner IS NULL THEN 'Give an owner to ' ELSE 'Put into operation: ' END || id AS title, owner,
       coalesce(changed_at, valid_from) + CASE WHEN owner IS NULL THEN days(14) ELSE days(90) END AS due_at
  FROM control
 WHERE state = 'planned' OR (state = 'operating' AND owner IS NULL)
