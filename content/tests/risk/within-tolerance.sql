-- test:      risk.within-tolerance
-- version:   1
-- title:     What remains of a treated risk is within tolerance, or accepted by name
-- kind:      state
-- subject:   risk
-- controls:  RK-04
-- severity:  high
-- needs:     risk
-- param:     max_score int = 9 guard <= 15
-- why:       Treated is not the same as small: what remains above the line is a decision somebody must take.
-- remedy:    Treat the risk further, or ask for its acceptance and move it on (do accept).
SELECT r.id,
       (r.residual_score <= :max_score) AS ok,
       CASE WHEN r.residual_score IS NULL THEN 'what remains of it has no score'
            ELSE 'what remains of it is above the line, and nobody has accepted it' END AS reason,
       CAST(r.residual_score AS TEXT) AS observed,
       'at most ' || CAST(:max_score AS TEXT) AS expected,
       r.owner AS owner
  FROM risk r
 WHERE r.state = 'treated'
