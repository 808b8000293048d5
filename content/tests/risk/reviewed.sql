-- test:      risk.reviewed
-- version:   1
-- title:     Open risks are looked at each quarter
-- kind:      state
-- subject:   risk
-- controls:  RK-04
-- severity:  medium
-- needs:     risk
-- param:     max_days int = 100 guard <= 190
-- why:       Likelihood and impact change while nobody looks.
-- remedy:    Look at the risk, correct what changed, and say so (do review, or do assess).
SELECT r.id,
       (r.reviewed_at >= as_of() - days(:max_days)) AS ok,
       CASE WHEN r.reviewed_at IS NULL THEN 'nobody has looked at it'
            ELSE 'it was looked at too long ago' END AS reason,
       r.title AS observed,
       'within ' || CAST(:max_days AS TEXT) || ' days' AS expected,
       r.owner AS owner
  FROM risk r
 WHERE r.state IN ('assessed', 'treated', 'accepted')
