-- duty:     internal-audit
-- title:    Have controls looked at by somebody independent
-- why:      Who answers for a control is the last one to see that it does not work.
-- owner:    compliance_lead
-- lead:     60 days
-- escalate: 30 days
-- priority: medium
SELECT 'Have all controls evaluated by somebody who does not answer for them' AS title,
       coalesce(max(CASE WHEN auditor <> owner AND approver <> auditor THEN finished_at END) + days(365), (SELECT min(k.decided_at) FROM category k) + days(120)) AS due_at
  FROM internal_audit
 WHERE kind = 'readiness' AND state = 'approved'
UNION ALL
SELECT 'Have a sample of the manual controls of the quarter checked' AS title,
       coalesce(max(CASE WHEN auditor <> owner THEN finished_at END) + days(92), (SELECT min(k.decided_at) FROM category k) + days(90)) AS due_at
  FROM internal_audit
 WHERE kind = 'control_sample' AND state IN ('reported', 'approved')
UNION ALL
SELECT 'Have privacy practice compared with notice, records and law' AS title,
       coalesce(max(CASE WHEN a.auditor <> a.owner AND a.approver <> a.auditor THEN a.finished_at END) + days(365), min(g.decided_at) + days(120)) AS due_at
  FROM category g
  LEFT JOIN internal_audit a ON a.kind = 'privacy_review' AND a.state = 'approved'
 WHERE g.id = 'privacy' AND g.in_scope
 GROUP BY g.id
