-- duty:     restore-test
-- title:    Restore as a test
-- why:      A backup nobody has restored is a hope.
-- owner:    operations_lead
-- lead:     30 days
-- escalate: 14 days
-- priority: high
SELECT 'data_store/' || s.id AS about, 'Restore ' || s.name || ' as a test' AS title,
       coalesce(max(x.finished_at) + days(365), s.valid_from + days(90)) AS due_at
  FROM data_store s
  LEFT JOIN exercise x ON coalesce(x.data_store, '') = s.id AND x.kind IN ('restore', 'failover', 'full') AND x.state IN ('finished', 'closed')
 WHERE s.needs_backup AND s.state = 'in_use' AND s.kind <> 'backup'
 GROUP BY s.id, s.name, s.valid_from
UNION ALL
SELECT NULL AS about, 'Restore something this quarter' AS title,
       coalesce(max(x.finished_at) + days(92), (SELECT min(k.decided_at) FROM category k) + days(90)) AS due_at
  FROM exercise x
 WHERE x.kind IN ('restore', 'failover', 'full') AND x.state IN ('finished', 'closed')
