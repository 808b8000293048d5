-- Who keeps evidence, and the text of the policy that holds for everybody.
SELECT r.person, v.body
  FROM role_assignment r
  JOIN policy_version v ON v.policy = 'information-security' AND v.state = 'published' AND v.body IS NOT NULL
 WHERE r.role = 'compliance_lead' AND r.capacity IS DISTINCT FROM 'deputy'
 ORDER BY r.id
 LIMIT 1
