-- duty:     risk-assessment
-- title:    Assess the risks of the year, and have the report approved
-- why:      The world changes faster than the register, and nobody notices it while looking at single risks.
-- owner:    security_officer
-- lead:     60 days
-- escalate: 14 days
-- priority: high
SELECT coalesce(max(CASE WHEN approver <> lead THEN finished_at END) + days(365), (SELECT min(k.decided_at) FROM category k) + days(60)) AS due_at
  FROM risk_assessment
 WHERE kind = 'yearly' AND state = 'approved'
