-- Whether a person holds a role now.
SELECT id FROM role_assignment WHERE person = {person} AND role = {role} AND state = 'active' LIMIT 1
