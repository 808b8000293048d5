-- duty:     phishing-campaign
-- title:    Hold the yearly phishing exercise
-- why:      Only practice shows who reports a strange message, and how fast.
-- owner:    security_officer
-- lead:     45 days
-- escalate: 30 days
-- priority: low
SELECT max(ends_at) + days(365) AS due_at
  FROM phishing_campaign
 WHERE state = 'closed'
