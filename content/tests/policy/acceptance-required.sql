-- test:      policy.acceptance-required
-- version:   1
-- title:     The code of conduct and the rules for equipment must be accepted by everyone
-- kind:      state
-- subject:   -
-- controls:  GV-01, PL-05
-- severity:  medium
-- needs:     policy
-- why:       These two bind each person; without an acceptance they are advice.
-- remedy:    attest policy edit ID acceptance_required=true addressees=everyone.
SELECT n.name AS item,
       CASE WHEN p.id IS NULL THEN FALSE
            ELSE (p.state IN ('active') AND p.acceptance_required AND p.addressees IN ('everyone')) END AS ok,
       CASE WHEN p.id IS NULL THEN 'there is no such policy'
            WHEN (p.state = 'active') IS NOT TRUE THEN 'the policy is not active'
            WHEN (p.acceptance_required) IS NOT TRUE THEN 'nobody is asked to accept it'
            ELSE 'it does not bind everyone' END AS reason
  FROM (SELECT 'code-of-conduct' AS name UNION ALL SELECT 'acceptable-use' AS name) n
  LEFT JOIN policy p ON p.id = n.name
