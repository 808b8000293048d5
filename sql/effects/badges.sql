-- Badges, keys and codes that open a facility.
SELECT id AS login, person, NULL AS privileged, as_of() AS seen_at FROM physical_access
 WHERE facility = {system} AND state = 'granted' ORDER BY id
