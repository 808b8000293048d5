-- The text of the policy that holds for everybody.
SELECT body FROM policy_version WHERE policy = 'information-security' AND state = 'published' AND body IS NOT NULL
