-- duty:     evidence-expiry
-- title:    Renew the evidence
-- why:      A certificate of last year says nothing of this one.
-- owner:    compliance_lead
-- lead:     30 days
-- escalate: 14 days
-- priority: low
SELECT 'evidence/' || e.id AS about, 'Renew, or withdraw: ' || e.title AS title, e.given_by AS owner, e.expires_at AS due_at
  FROM evidence e
 WHERE e.state = 'current' AND e.expires_at IS NOT NULL
   AND NOT EXISTS (SELECT 1 FROM evidence n WHERE n.state = 'current' AND n.supports = e.supports AND n.title = e.title AND n.expires_at > e.expires_at)
