-- duty:     continuity-plan
-- title:    Have a plan, approved and exercised
-- why:      What is done first, by whom and from where cannot be decided while everything is down.
-- owner:    operations_lead
-- lead:     45 days
-- escalate: 14 days
-- priority: high
WITH kinds AS (
     SELECT 'continuity' AS of_kind UNION ALL SELECT 'recovery' AS of_kind UNION ALL SELECT 'incident_response' AS of_kind
)
SELECT NULL AS about, 'Write the plan for ' || replace(k.of_kind, '_', ' ') || ', and have it approved' AS title, NULL AS owner,
       (SELECT min(c.decided_at) FROM category c) + days(60) AS due_at
  FROM kinds k
 WHERE NOT EXISTS (SELECT p.id FROM continuity_plan p WHERE p.kind = k.of_kind AND p.state = 'approved')
UNION ALL
SELECT 'continuity_plan/' || p.id AS about, 'Approve "' || p.title || '" anew' AS title, NULL AS owner, coalesce(p.due_at, p.approved_at + days(365)) AS due_at
  FROM continuity_plan p
 WHERE p.state = 'approved'
UNION ALL
SELECT 'continuity_plan/' || p.id AS about, 'Exercise "' || p.title || '"' AS title, p.owner,
       coalesce(max(x.finished_at) + days(365), p.approved_at + days(180)) AS due_at
  FROM continuity_plan p
  LEFT JOIN exercise x ON coalesce(x.plan, '') = p.id AND x.state IN ('finished', 'closed')
 WHERE p.state = 'approved'
 GROUP BY p.id, p.title, p.owner, p.approved_at
