-- What a person has said to a version of a policy: what is accepted before what is asked.
SELECT id, state FROM acceptance
 WHERE person = {person} AND policy_version = {version} AND state IN ('accepted', 'asked')
 ORDER BY state, id
 LIMIT 1
