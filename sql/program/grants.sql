-- What a role of the organisation's own gives.
SELECT g.type, g.may_do FROM access_grant g JOIN access_role r ON r.id = g.access_role
 WHERE g.access_role = {role} AND g.state = 'active' AND r.state = 'active' ORDER BY g.id
