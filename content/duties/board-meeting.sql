-- duty:     board-meeting
-- title:    Hold the yearly meeting with people outside management on security, risks and open deficiencies
-- why:      Management should not be the only judge of its own work.
-- owner:    executive
-- lead:     60 days
-- escalate: 30 days
-- priority: medium
SELECT coalesce(max(held_at) + days(365), (SELECT min(k.decided_at) FROM category k) + days(90)) AS due_at
  FROM meeting
 WHERE kind = 'board' AND state IN ('held', 'minuted') AND independent_present IS NOT FALSE AND security_discussed IS NOT FALSE
