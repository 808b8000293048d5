-- Who may be the first to sign in to a workspace that has people.
SELECT id, name, email, permission
  FROM person
 WHERE state <> 'left' AND permission IN ('owner', 'manager')
 ORDER BY permission DESC, name, id
 LIMIT 50
