-- The rights on a system that were granted and not taken away.
SELECT id AS login, person, privileged, as_of() AS seen_at FROM access_request
 WHERE system = {system} AND state = 'granted' ORDER BY id
