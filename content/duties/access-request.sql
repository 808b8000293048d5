-- duty:     access-request
-- title:    Decide on the request for access
-- why:      People who wait for access borrow someone else's.
-- owner:    it_lead
-- lead:     7 days
-- escalate: 2 days
-- priority: medium
SELECT 'access_request/' || r.id AS about, 'Decide on access for ' || p.name || ': ' || r.entitlement || ' on ' || r.system AS title,
       CASE WHEN p.manager = r.requester THEN NULL ELSE p.manager END AS owner, r.requested_at + days(2) AS due_at
  FROM access_request r
  JOIN person p ON p.id = r.person
 WHERE r.state = 'requested'
UNION ALL
SELECT 'access_request/' || r.id AS about, 'Set up access for ' || p.name || ': ' || r.entitlement || ' on ' || r.system AS title,
       NULL AS owner, r.approved_at + days(2) AS due_at
  FROM access_request r
  JOIN person p ON p.id = r.person
 WHERE r.state = 'approved'
