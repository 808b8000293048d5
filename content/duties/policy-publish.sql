-- duty:     policy-publish
-- title:    Finish, approve and publish the policy
-- why:      A draft binds nobody.
-- owner:    compliance_lead
-- lead:     30 days
-- escalate: 14 days
SELECT 'policy/' || id AS about, 'Finish, have approved and publish the policy "' || title || '"' AS title, owner,
       valid_from + days(30) AS due_at
  FROM policy
 WHERE state = 'draft'
