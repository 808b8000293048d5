-- duty:     penetration-test
-- title:    Have independent people try to break in
-- why:      Those who built a system cannot see what they did not think of.
-- owner:    security_officer
-- lead:     90 days
-- escalate: 30 days
-- priority: high
SELECT coalesce(max(t.finished_at) + days(365), (SELECT min(k.decided_at) FROM category k) + days(180)) AS due_at
  FROM penetration_test t
 WHERE t.independent AND t.state IN ('reported', 'closed')
