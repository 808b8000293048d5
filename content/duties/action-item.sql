-- duty:     action-item
-- title:    Do what was agreed
-- why:      A weakness that was seen, agreed on and left is worse than one that nobody saw.
-- owner:    compliance_lead
-- lead:     14 days
-- escalate: 7 days
-- priority: high
SELECT 'action_item/' || id AS about, title, owner, due_at
  FROM action_item
 WHERE state = 'open'
