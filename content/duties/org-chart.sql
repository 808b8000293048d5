-- duty:     org-chart
-- title:    Approve the organisation chart as it is now
-- why:      Decisions and approvals only count when it is known who may make them.
-- owner:    people_lead
-- lead:     30 days
-- escalate: 30 days
-- priority: low
SELECT coalesce(max(approved_at) + days(365), (SELECT min(k.decided_at) FROM category k) + days(45)) AS due_at
  FROM org_chart
 WHERE state = 'approved'
