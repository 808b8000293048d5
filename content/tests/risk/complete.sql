-- test:      risk.complete
-- version:   1
-- title:     Every open risk has an owner, a score and a treatment
-- kind:      state
-- subject:   risk
-- controls:  RK-04
-- severity:  medium
-- needs:     risk
-- needs:     person
-- why:       A risk that nobody owns is accepted by accident.
-- remedy:    Name an owner who still works here, score likelihood and impact, and decide the treatment.
SELECT r.id,
       CASE WHEN r.owner IS NULL OR r.inherent_score IS NULL OR r.treatment IS NULL THEN FALSE
            WHEN coalesce(r.treatment, '') <> 'accept' AND (coalesce(r.plan, '') = '' OR r.treatment_due_at IS NULL) THEN FALSE
            ELSE (o.state <> 'left') END AS ok,
       CASE WHEN r.owner IS NULL THEN 'nobody owns it'
            WHEN (o.state = 'left') IS TRUE THEN 'its owner has left'
            WHEN r.inherent_score IS NULL THEN 'it has no score'
            WHEN r.treatment IS NULL THEN 'no treatment is decided'
            WHEN o.state IS NULL THEN 'its owner is not in the register of people'
            ELSE 'its treatment has no plan or no date' END AS reason,
       r.title AS observed,
       r.owner AS owner
  FROM risk r
  LEFT JOIN person o ON o.id = coalesce(r.owner, '')
 WHERE r.state <> 'closed'
