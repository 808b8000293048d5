-- duty:     recovery-exercise
-- title:    Exercise the recovery of the service
-- why:      Bringing back one file is not bringing back the service.
-- owner:    operations_lead
-- lead:     60 days
-- escalate: 30 days
-- priority: high
SELECT coalesce(max(x.finished_at) + days(365), (SELECT min(k.decided_at) FROM category k) + days(180)) AS due_at
  FROM exercise x
 WHERE x.kind IN ('failover', 'full') AND x.state IN ('finished', 'closed')
