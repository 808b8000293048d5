-- duty:     role-matrix
-- title:    Approve the role matrix anew
-- why:      A matrix nobody has looked at since it was written gives rights to roles that have changed.
-- owner:    security_officer
-- lead:     30 days
-- escalate: 14 days
-- priority: medium
SELECT 'role_entitlement/' || e.id AS about, 'Approve: ' || e.job_role || ' has ' || e.entitlement || ' on ' || e.system AS title,
       coalesce(e.approved_at + days(365), e.valid_from + days(14)) AS due_at
  FROM role_entitlement e
 WHERE e.state <> 'withdrawn'
UNION ALL
SELECT 'duty_conflict/' || d.id AS about, 'Review the rule: ' || d.title AS title, d.reviewed_at + days(365) AS due_at
  FROM duty_conflict d
 WHERE d.state = 'active'
