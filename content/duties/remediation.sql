-- duty:     remediation
-- title:    Close the gap
-- why:      A plan closes nothing.
-- owner:    compliance_lead
-- lead:     30 days
-- escalate: 14 days
-- priority: medium
SELECT 'remediation/' || id AS about, action AS title, owner, due_at
  FROM remediation
 WHERE state IN ('open', 'in_progress')
