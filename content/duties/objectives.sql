-- duty:     objectives
-- title:    Set the objectives of the year, with measure and tolerance
-- why:      A risk is a risk to something; what that is has to be said first.
-- owner:    executive
-- lead:     45 days
-- escalate: 30 days
-- priority: medium
SELECT coalesce(max(approved_at) + days(365), (SELECT min(k.decided_at) FROM category k) + days(45)) AS due_at
  FROM objective
 WHERE state = 'approved'
