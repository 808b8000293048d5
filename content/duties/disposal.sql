-- duty:     disposal
-- title:    Destroy what is due
-- why:      Deletion that was promised and not done is a broken promise in every later breach.
-- owner:    operations_lead
-- lead:     14 days
-- escalate: 3 days
-- priority: high
SELECT 'disposal/' || d.id AS about, 'Destroy: ' || d.title AS title, d.performer AS owner, d.due_at
  FROM disposal d
  LEFT JOIN retention_rule r ON r.id = coalesce(d.retention, '')
 WHERE d.state = 'planned' AND r.legal_hold IS NOT TRUE
UNION ALL
SELECT 'disposal/' || d.id AS about, 'Check that nothing is left: ' || d.title AS title, NULL AS owner, greatest(d.due_at, d.valid_from + days(7)) AS due_at
  FROM disposal d
 WHERE d.state = 'performed'
