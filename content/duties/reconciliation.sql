-- duty:     reconciliation
-- title:    Reconcile what came in with what went out
-- why:      Differences that nobody counted are found by customers.
-- owner:    operations_lead
-- lead:     7 days
-- escalate: 3 days
-- priority: medium
SELECT 'processing_spec/' || s.id AS about, 'Reconcile "' || s.title || '" up to the latest period, and have it reviewed' AS title, s.owner,
       coalesce(max(r.period_to), min(s.valid_from)) + days(10)
         + CASE s.reconciliation_cadence WHEN 'daily' THEN days(1) WHEN 'weekly' THEN days(7) WHEN 'monthly' THEN days(31) ELSE days(92) END AS due_at
  FROM processing_spec s
  LEFT JOIN reconciliation r ON r.spec = s.id AND r.state = 'reviewed'
 WHERE s.state <> 'retired' AND s.reconciliation_cadence <> 'none'
 GROUP BY s.id, s.title, s.owner, s.reconciliation_cadence
