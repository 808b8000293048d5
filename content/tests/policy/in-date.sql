-- test:      policy.in-date
-- version:   1
-- title:     Every active policy was reviewed within its time
-- kind:      state
-- subject:   policy
-- controls:  PL-01
-- severity:  medium
-- needs:     policy
-- needs:     policy_version
-- param:     max_months int = 12 guard <= 13
-- why:       An outdated policy teaches people that policies can be ignored.
-- remedy:    Read the policy against practice, write a new version or say that it still holds (attest policy do review),
--            and give the next date.
SELECT p.id,
       CASE WHEN (p.review_due_at + days(1) <= as_of()) IS TRUE THEN FALSE
            WHEN p.reviewed_at IS NULL AND v.looked_at IS NULL THEN NULL
            WHEN greatest(coalesce(p.reviewed_at, 0), coalesce(v.looked_at, 0)) + days(31 * least(p.review_months, :max_months)) < as_of()
            THEN CASE WHEN p.reviewed_at IS NULL AND coalesce(v.n, 0) > coalesce(v.dated, 0) THEN NULL ELSE FALSE END
            ELSE (p.review_due_at + days(1) > as_of()) END AS ok,
       CASE WHEN p.review_due_at IS NULL THEN 'when it is to be reviewed is not said'
            WHEN p.reviewed_at IS NULL AND v.looked_at IS NULL THEN 'no review and no approval is dated'
            ELSE 'its review is overdue' END AS reason,
       p.title AS observed, p.owner
  FROM policy p
  LEFT JOIN (SELECT policy AS of_policy, max(approved_at) AS looked_at, count(*) AS n, count(approved_at) AS dated
               FROM policy_version
              WHERE state = 'published'
              GROUP BY policy) v
    ON v.of_policy = p.id
 WHERE p.state = 'active'
