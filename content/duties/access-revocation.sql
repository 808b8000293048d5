-- duty:     access-revocation
-- title:    Carry out what the review decided
-- why:      A review whose removals are never carried out protects only the file it is kept in.
-- owner:    it_lead
-- lead:     14 days
-- escalate: 3 days
-- priority: high
SELECT 'access_decision/' || d.id AS about, coalesce(d.decision, 'decide') || ' ' || d.login || ' on ' || d.system AS title, d.decided_at + days(14) AS due_at
  FROM access_decision d
 WHERE d.state = 'decided'
UNION ALL
SELECT 'access_review/' || r.id AS about, 'Close the review of ' || r.system || ', ' || r.period AS title, r.decided_at + days(21) AS due_at
  FROM access_review r
 WHERE r.state = 'decided' AND NOT EXISTS (SELECT d.id FROM access_decision d WHERE d.review = r.id AND d.state = 'decided')
