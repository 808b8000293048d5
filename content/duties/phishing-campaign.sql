-- duty:     phishing-campaign
-- title:    Hold the yearly phishing exercise
-- why:      Only practice shows who reports a strange message, and how fast.
-- owner:    security_officer
-- lead:     45 days
-- escalate: 30 days
-- priority: low
SELECT coalesce(max(ends_at) + days(365), (SELECT min(k.decided_at) FROM category k) + days(120)) AS due_at
  FROM phishing_campaign
 WHERE state = 'closed'
