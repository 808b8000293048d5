-- What a person chooses from who asks for access, or for a departure from a policy.
SELECT 'system' AS kind, x.of_system AS id, x.of_system AS title
  FROM (SELECT a.system AS of_system FROM account a GROUP BY a.system) x
UNION ALL
SELECT 'policy' AS kind, p.id, p.title FROM policy p WHERE p.state = 'active'
 ORDER BY 1, 3
 LIMIT 400
