-- duty:     access-expiry
-- title:    Take temporary access away
-- why:      Access for a day that stays for a year is access nobody approved.
-- owner:    it_lead
-- lead:     3 days
-- escalate: 1 day
-- priority: high
SELECT 'access_request/' || r.id AS about, 'Take away ' || r.entitlement || ' on ' || r.system || ' from ' || p.name AS title, r.expires_at AS due_at
  FROM access_request r
  JOIN person p ON p.id = r.person
 WHERE r.state = 'granted' AND r.temporary
UNION ALL
SELECT 'access_request/' || r.id AS about, 'Take away ' || r.entitlement || ' on ' || r.system || ' from ' || p.name || ', who has left' AS title,
       p.ends_at + days(1) AS due_at
  FROM access_request r
  JOIN person p ON p.id = r.person
 WHERE r.state = 'granted' AND p.state = 'left'
