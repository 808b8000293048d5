-- test:      policy.required
-- version:   1
-- title:     The policies every program needs are published
-- kind:      state
-- subject:   -
-- controls:  PL-01
-- severity:  high
-- needs:     policy
-- needs:     policy_version
-- why:       What was never written, approved and published binds nobody.
-- remedy:    attest policy_version add: write it, have it approved by someone else, publish it and activate the policy.
--            A policy that covers the subject under another name is recorded under the short name given here.
SELECT n.name AS item,
       CASE WHEN p.id IS NULL THEN FALSE ELSE (p.state IN ('active') AND coalesce(v.n, 0) = 1) END AS ok,
       CASE WHEN p.id IS NULL THEN 'there is no such policy'
            WHEN (p.state = 'active') IS NOT TRUE THEN 'the policy is not active'
            ELSE 'there must be one published version' END AS reason,
       coalesce(p.state, 'none') || ', ' || CAST(coalesce(v.n, 0) AS TEXT) || ' published' AS observed,
       p.owner
  FROM (SELECT 'information-security' AS name UNION ALL SELECT 'access-control' AS name UNION ALL
        SELECT 'acceptable-use' AS name UNION ALL SELECT 'code-of-conduct' AS name UNION ALL
        SELECT 'change-management' AS name UNION ALL SELECT 'asset-management' AS name UNION ALL
        SELECT 'cryptography' AS name UNION ALL SELECT 'human-resources-security' AS name UNION ALL
        SELECT 'logging-and-monitoring' AS name UNION ALL SELECT 'vulnerability-management' AS name UNION ALL
        SELECT 'incident-response' AS name UNION ALL SELECT 'risk-management' AS name UNION ALL
        SELECT 'third-party-management' AS name UNION ALL SELECT 'business-continuity' AS name UNION ALL
        SELECT 'data-retention-and-disposal' AS name UNION ALL SELECT 'confidentiality-and-classification' AS name UNION ALL
        SELECT 'internal-audit-and-monitoring' AS name) n
  LEFT JOIN policy p ON p.id = n.name
  LEFT JOIN (SELECT policy AS of_policy, count(*) AS n FROM policy_version WHERE state = 'published' GROUP BY policy) v
    ON v.of_policy = n.name
