-- test:      risk.residual
-- version:   1
-- title:     No risk shrinks on paper alone: what brings it down is named
-- kind:      state
-- subject:   risk
-- controls:  RK-07
-- severity:  medium
-- needs:     risk
-- needs:     link empty=ok
-- why:       A residual score below the inherent one is a claim that controls work; without a control it is a wish.
-- remedy:    Name the controls in the risk's field `controls`, or link the risk to them, or score it as it is.
SELECT r.id,
       CASE WHEN r.residual_score IS NULL OR r.inherent_score IS NULL THEN NULL
            WHEN (r.residual_score > r.inherent_score) IS TRUE THEN FALSE
            WHEN (r.residual_score = r.inherent_score) IS TRUE THEN TRUE
            ELSE (coalesce(r.controls, '') <> '' OR g.risk_id IS NOT NULL) END AS ok,
       CASE WHEN r.residual_score IS NULL OR r.inherent_score IS NULL THEN 'it has no inherent or no residual score'
            WHEN (r.residual_score > r.inherent_score) IS TRUE THEN 'treated it is larger than untreated'
            ELSE 'its residual score is lower and no control is named' END AS reason,
       CAST(r.inherent_score AS TEXT) || ' -> ' || CAST(r.residual_score AS TEXT) AS observed,
       r.owner AS owner
  FROM risk r
  LEFT JOIN (SELECT substr(l.subject, 6) AS risk_id
               FROM link l
              WHERE l.state = 'current' AND l.subject LIKE 'risk/%' AND l.object LIKE 'control/%'
              UNION
             SELECT substr(l.object, 6) AS risk_id
               FROM link l
              WHERE l.state = 'current' AND l.object LIKE 'risk/%' AND l.subject LIKE 'control/%') g ON g.risk_id = r.id
 WHERE r.state IN ('treated', 'accepted')
