-- How many have accepted a version, and how many were asked and have not.
SELECT coalesce(sum(CASE WHEN state = 'accepted' THEN 1 ELSE 0 END), 0) AS accepted, coalesce(sum(CASE WHEN state = 'asked' THEN 1 ELSE 0 END), 0) AS asked
  FROM acceptance WHERE policy_version = {id}
