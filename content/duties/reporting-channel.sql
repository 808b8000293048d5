-- duty:     reporting-channel
-- title:    Remind everyone how to report a security problem
-- why:      The first hour of an incident is often lost on finding out whom to tell.
-- owner:    security_officer
-- lead:     30 days
-- escalate: 30 days
-- priority: low
SELECT coalesce(max(sent_at) + days(365), (SELECT min(k.decided_at) FROM category k) + days(60)) AS due_at
  FROM communication
 WHERE kind = 'internal' AND topic = 'reporting_channel' AND state = 'sent'
