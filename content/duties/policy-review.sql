-- duty:     policy-review
-- title:    Review the policy
-- why:      A policy that nobody looked at for a year describes a company that is no more.
-- owner:    compliance_lead
-- lead:     30 days
-- escalate: 14 days
SELECT 'policy/' || id AS about, 'Review the policy "' || title || '"' AS title, owner, review_due_at AS due_at
  FROM policy
 WHERE state = 'active'
