-- duty:     vendor-end
-- title:    End the vendor's access, and have the data back
-- why:      Access that is forgotten belongs to whoever finds it.
-- owner:    it_lead
-- lead:     30 days
-- escalate: 7 days
-- priority: high
SELECT 'vendor/' || id AS about, 'Withdraw the access of ' || name || ', and have the data back or deleted' AS title, owner, offboarding_at + days(30) AS due_at
  FROM vendor
 WHERE state = 'offboarding'
