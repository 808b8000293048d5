-- The newest version of a policy: the one that is worked on, or the one that holds.
SELECT id, version, state FROM policy_version WHERE policy = {policy} ORDER BY version DESC LIMIT 1
