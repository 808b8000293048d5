-- test:      policy.technology-standards
-- version:   1
-- title:     The standards for technology are published and were approved within the year
-- kind:      state
-- subject:   -
-- controls:  PL-04
-- severity:  medium
-- needs:     policy
-- needs:     policy_version
-- param:     max_days int = 372 guard <= 400
-- why:       Without a chosen standard every system is secured to its builder's taste.
-- remedy:    Publish the standard, or review it with engineering and security together; one that covers the subject
--            under another name is recorded under the short name given here.
SELECT n.name AS item,
       CASE WHEN p.id IS NULL OR v.looked_at IS NULL AND coalesce(v.n, 0) = 0 THEN FALSE
            WHEN (p.state = 'active') IS NOT TRUE THEN FALSE
            WHEN (v.looked_at >= as_of() - days(:max_days) OR p.reviewed_at >= as_of() - days(:max_days)) IS TRUE THEN TRUE
            WHEN v.looked_at IS NULL THEN NULL
            ELSE FALSE END AS ok,
       CASE WHEN p.id IS NULL THEN 'there is no such standard'
            WHEN (p.state = 'active') IS NOT TRUE OR coalesce(v.n, 0) = 0 THEN 'it is not published'
            ELSE 'it was not approved or reviewed within the year' END AS reason,
       p.owner
  FROM (SELECT 'cryptography' AS name UNION ALL SELECT 'secure-development' AS name UNION ALL
        SELECT 'network-security' AS name UNION ALL SELECT 'endpoint-security' AS name UNION ALL
        SELECT 'password-and-authentication' AS name) n
  LEFT JOIN policy p ON p.id = n.name
  LEFT JOIN (SELECT policy AS of_policy, max(approved_at) AS looked_at, count(*) AS n
               FROM policy_version
              WHERE state = 'published'
              GROUP BY policy) v
    ON v.of_policy = n.name
