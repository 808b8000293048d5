-- test:      access.no-self-review
-- version:   1
-- title:     Nobody kept access of his own in a review without saying why
-- kind:      event
-- subject:   access_decision
-- controls:  AC-05
-- severity:  medium
-- needs:     access_decision
-- needs:     account_owner empty=ok
-- param:     window_days int = 190 guard >= 90
-- why:       Reviewing oneself finds nothing; where it cannot be helped, the reason must be there to be judged.
-- remedy:    Let another reviewer decide on the account again, or do keep_own with a reason. Where it is not
--            known whose the account is, record it: attest account_owner add.
WITH decided AS (
     SELECT d.id AS of_id,
            max(CASE WHEN (d.person = d.decided_by) IS TRUE OR (o.person = d.decided_by) IS TRUE THEN 2
                     WHEN (coalesce(d.person, o.person) = d.decided_by) IS NULL THEN 1
                     ELSE 0 END) AS own
       FROM access_decision d
       LEFT JOIN account_owner o ON o.system = d.system AND o.login = d.login AND o.state = 'current'
      GROUP BY d.id
)
SELECT d.source, d.id,
       coalesce(d.decided_at, as_of()) AS at,
       CASE WHEN x.own = 0 OR (d.self_review <> '') IS TRUE THEN TRUE
            WHEN x.own = 1 THEN NULL
            ELSE FALSE END AS ok,
       CASE WHEN x.own = 1 THEN 'whose account it is, or who decided, is not known'
            ELSE 'decided by the one whose access it is, without a reason' END AS reason,
       d.system || '/' || d.login || ': ' || coalesce(d.decision, '?') || ' by ' || coalesce(d.decided_by, '?') AS observed,
       d.decided_by AS owner
  FROM access_decision d
  JOIN decided x ON x.of_id = d.id
 WHERE d.state IN ('decided', 'verified') AND d.decision IS DISTINCT FROM 'revoke'
   AND coalesce(d.decided_at, as_of()) >= as_of() - days(:window_days)
