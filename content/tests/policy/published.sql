-- test:      policy.published
-- version:   1
-- title:     Every active policy has exactly one published version
-- kind:      state
-- subject:   policy
-- controls:  PL-01, CM-01
-- severity:  medium
-- needs:     policy
-- needs:     policy_version
-- why:       People follow the version they can find; there must be one, and only one.
-- remedy:    Publish the version that holds, and retire the others.
SELECT p.id,
       (coalesce(v.n, 0) = 1) AS ok,
       CASE WHEN coalesce(v.n, 0) = 0 THEN 'no version is published' ELSE 'several versions are published' END AS reason,
       CAST(coalesce(v.n, 0) AS TEXT) || ' published' AS observed, p.owner
  FROM policy p
  LEFT JOIN (SELECT policy AS of_policy, count(*) AS n FROM policy_version WHERE state = 'published' GROUP BY policy) v
    ON v.of_policy = p.id
 WHERE p.state = 'active'
