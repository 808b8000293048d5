-- test:      governance.key-roles
-- version:   1
-- title:     Security, and privacy where it is in scope, have a responsible person who works here now
-- kind:      state
-- subject:   -
-- controls:  GV-06
-- severity:  high
-- needs:     role_assignment
-- needs:     person
-- needs:     category empty=ok
-- why:       A duty shared by everyone is done by no one.
-- remedy:    attest role_assignment add: give the role to a person who works here, with the duties in writing.
SELECT n.duty AS item,
       CASE WHEN coalesce(h.able, 0) > 0 THEN TRUE ELSE FALSE END AS ok,
       CASE WHEN h.duty IS NULL THEN 'nobody holds the role' ELSE 'whoever holds the role does not work here now' END AS reason,
       coalesce(h.names, 'nobody') AS observed
  FROM (SELECT 'security_officer' AS duty UNION ALL SELECT 'privacy_officer' AS duty) n
  LEFT JOIN (SELECT r.role AS duty,
                    count(CASE WHEN EXISTS (SELECT 1 FROM person p WHERE p.id = r.person AND p.state = 'active') THEN 1 END) AS able,
                    min(r.person) AS names
               FROM role_assignment r
              WHERE r.state = 'active' AND r.capacity = 'holder' AND r.starts_at <= as_of()
              GROUP BY r.role) h
    ON h.duty = n.duty
 WHERE n.duty <> 'privacy_officer' OR NOT EXISTS (SELECT 1 FROM category g WHERE g.id = 'privacy' AND g.in_scope IS FALSE)
