-- duty:     management-review
-- title:    Hold the quarterly review of risks, failed controls and open actions with management
-- why:      Deficiencies that only their owners know of are not weighed against each other.
-- owner:    security_officer
-- lead:     21 days
-- escalate: 14 days
-- priority: medium
SELECT coalesce(max(held_at) + days(92), (SELECT min(k.decided_at) FROM category k) + days(30)) AS due_at
  FROM meeting
 WHERE kind IN ('management', 'risk_committee', 'security_review') AND state IN ('held', 'minuted') AND security_discussed IS NOT FALSE
