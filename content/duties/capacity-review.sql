-- duty:     capacity-review
-- title:    Forecast capacity
-- why:      A disk that fills, or a limit that is reached, stops the service on a day that could be told.
-- owner:    operations_lead
-- lead:     14 days
-- escalate: 14 days
-- priority: medium
SELECT coalesce(max(r.performed_at) + days(92), (SELECT min(k.decided_at) FROM category k) + days(60)) AS due_at
  FROM capacity_review r
 WHERE r.performed_at <= as_of()
