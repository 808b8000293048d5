-- People who work here, the most powerful first, and when each last signed in.
SELECT p.id, p.name, p.email, coalesce(p.permission, 'member') AS permission, p.state, s.last_at, r.id AS own_role, r.title AS own_role_title
  FROM person p
  LEFT JOIN access_role r ON r.id = p.access_role
  LEFT JOIN (SELECT e.person AS who, max(e.at_time) AS last_at
               FROM access_event e
              WHERE e.kind = 'sign_in' AND e.went_well
              GROUP BY e.person) s
    ON s.who = p.id
 WHERE {match}
 ORDER BY CASE p.permission WHEN 'owner' THEN 0 WHEN 'manager' THEN 1 WHEN 'auditor' THEN 2 WHEN 'contributor' THEN 3 ELSE 4 END, p.name, p.id
 LIMIT 51 OFFSET {offset}
