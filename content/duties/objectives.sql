-- duty:     objectives
-- title:    Set the objectives of the year, with measure and tolerance
-- why:      A risk is a risk to something; what that is has to be said first.
-- owner:    executive
-- lead:     45 days
-- escalate: 30 days
-- priority: medium
SELECT max(approved_at) + days(365) AS due_at
  FROM objective
 WHERE state = 'approved'
