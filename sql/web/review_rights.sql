-- What these accounts hold on the system: groups that confer administration, and rules that let them act as others.
SELECT member AS login, group_name AS held, privileged AS privileged FROM group_member WHERE system = {system} AND member IN ({logins})
UNION ALL
SELECT subject AS login, tool AS held, all_commands AS privileged FROM privilege WHERE system = {system} AND subject IN ({logins})
 ORDER BY login, privileged DESC, held LIMIT 2000
