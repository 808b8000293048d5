-- duty:     risk-acceptance
-- title:    Decide anew on the accepted risk
-- why:      A risk that is accepted for ever is one that nobody decides on.
-- owner:    security_officer
-- lead:     30 days
-- escalate: 7 days
-- priority: high
SELECT 'risk_acceptance/' || a.id AS about, 'Treat, or accept anew: ' || r.title AS title, r.owner, a.ends_at AS due_at
  FROM risk_acceptance a
  JOIN risk r ON r.id = a.risk AND r.state = 'accepted'
 WHERE a.state = 'approved'
   AND NOT EXISTS (SELECT 1 FROM risk_acceptance l WHERE l.risk = a.risk AND l.state = 'approved' AND l.ends_at > a.ends_at)
UNION ALL
SELECT 'risk_acceptance/' || a.id AS about, 'Decide on accepting the risk: ' || r.title AS title, NULL AS owner, a.valid_from + days(14) AS due_at
  FROM risk_acceptance a
  JOIN risk r ON r.id = a.risk
 WHERE a.state = 'requested'
