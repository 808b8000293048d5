-- duty:     vendor-incident
-- title:    Judge what the vendor's incident means for us
-- why:      Their breach is ours in the eyes of those whose data it was.
-- owner:    security_officer
-- lead:     3 days
-- escalate: 1 day
-- priority: high
SELECT 'vendor_incident/' || id AS about, 'Judge what it means for us: ' || title AS title, owner, reported_at + hours(72) AS due_at
  FROM vendor_incident
 WHERE state = 'reported'
