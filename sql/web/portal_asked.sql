-- What a person has asked for and reported that is not over.
SELECT 'access_request/' || r.id AS record, r.entitlement || ' on ' || r.system AS title, r.state AS standing, r.requested_at AS at_time
  FROM access_request r
 WHERE r.person = {person} AND r.state IN ('requested', 'approved')
UNION ALL
SELECT 'policy_exception/' || e.id AS record, e.title, e.state AS standing, e.valid_from AS at_time
  FROM policy_exception e
 WHERE e.requester = {person} AND e.state IN ('requested', 'approved')
UNION ALL
SELECT 'incident/' || i.id AS record, i.title, i.state AS standing, i.reported_at AS at_time
  FROM incident i
 WHERE i.reporter = {person} AND i.state NOT IN ('closed', 'not_an_incident')
 ORDER BY 4 DESC, 1
 LIMIT 20
