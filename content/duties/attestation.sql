-- duty:     attestation
-- title:    Perform the control again, and say so
-- why:      What was done once holds for its time, and no longer.
-- owner:    compliance_lead
-- lead:     30 days
-- escalate: 14 days
-- priority: medium
SELECT 'control/' || c.id AS about, 'Perform ' || c.id || ' again, and say so' AS title, c.owner, max(a.valid_until) AS due_at
  FROM control c
  JOIN attestation a ON a.control = c.id AND a.state = 'accepted'
 WHERE c.state = 'operating'
 GROUP BY c.id, c.owner
UNION ALL
SELECT 'attestation/' || a.id AS about, 'Look at what was stated of ' || a.control AS title, NULL AS owner, a.performed_at + days(14) AS due_at
  FROM attestation a
 WHERE a.state = 'submitted'
