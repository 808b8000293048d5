-- duty:     key-role
-- title:    Give the role to somebody who works here
-- why:      A duty shared by everyone is done by no one.
-- owner:    executive
-- lead:     0 days
-- escalate: 7 days
-- priority: high
SELECT 'Name the ' || replace(n.duty, '_', ' ') AS title, x.vacant_at AS due_at
  FROM (SELECT 'security_officer' AS duty UNION ALL SELECT 'privacy_officer' AS duty) n
  LEFT JOIN (SELECT role AS duty, max(coalesce(ends_at, starts_at)) AS vacant_at FROM role_assignment GROUP BY role) x ON x.duty = n.duty
 WHERE NOT EXISTS (SELECT 1 FROM role_assignment r JOIN person p ON p.id = r.person AND p.state = 'active'
                    WHERE r.role = n.duty AND r.state = 'active' AND r.capacity = 'holder')
   AND (n.duty <> 'privacy_officer' OR NOT EXISTS (SELECT 1 FROM category g WHERE g.id = 'privacy' AND NOT g.in_scope))
