-- test:      governance.deputies
-- version:   1
-- title:     Each role the service depends on has a second person
-- kind:      state
-- subject:   -
-- controls:  HR-06
-- severity:  medium
-- needs:     role_assignment
-- needs:     person
-- why:       The one person who knows how will be away on the wrong day.
-- remedy:    Name a deputy for the role, give the access that is needed, and let the deputy do the work once.
SELECT h.role AS item,
       CASE WHEN count(d.id) > 0 THEN TRUE ELSE FALSE END AS ok,
       'nobody else who works here now has the role, as holder or as deputy' AS reason,
       min(h.person) AS observed
  FROM role_assignment h
  LEFT JOIN (SELECT r.id, r.role, r.person
               FROM role_assignment r
               JOIN person p ON p.id = r.person AND p.state = 'active'
              WHERE r.state = 'active' AND r.starts_at <= as_of()) d
    ON d.role = h.role AND d.person <> h.person
 WHERE h.state = 'active' AND h.capacity = 'holder' AND h.starts_at <= as_of()
   AND h.role IN ('security_officer', 'privacy_officer', 'engineering_lead', 'operations_lead', 'it_lead')
 GROUP BY h.role
