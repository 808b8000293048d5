-- Published versions of a policy.
SELECT id FROM policy_version WHERE policy = {policy} AND state = 'published' AND id <> {id}
