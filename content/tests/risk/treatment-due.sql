-- test:      risk.treatment-due
-- version:   1
-- title:     Treatments of risks are carried out by their date, acceptances given within a month
-- kind:      state
-- subject:   risk
-- controls:  RK-04
-- severity:  high
-- needs:     risk
-- param:     accept_days int = 30 guard <= 60
-- why:       A plan past its date is a risk accepted by nobody.
-- remedy:    Carry the plan out (do treat), or have what remains accepted by name (risk_acceptance).
SELECT r.id,
       CASE WHEN r.state = 'treated' AND r.treated_at IS NULL THEN NULL
            WHEN r.state = 'treated' THEN (r.treatment_due_at IS NOT NULL OR r.treatment IS NOT DISTINCT FROM 'accept')
            WHEN r.treatment IS NOT DISTINCT FROM 'accept' THEN (r.assessed_at >= as_of() - days(:accept_days))
            WHEN (r.treatment_due_at < as_of()) IS TRUE THEN FALSE
            WHEN r.treatment IS NULL OR r.treatment_due_at IS NULL THEN NULL
            ELSE TRUE END AS ok,
       CASE WHEN r.state = 'treated' AND r.treated_at IS NULL THEN 'when it was treated is not known'
            WHEN r.state = 'treated' THEN 'it never had a date'
            WHEN r.treatment IS NOT DISTINCT FROM 'accept' AND r.assessed_at IS NULL THEN 'when it was assessed is not known'
            WHEN r.treatment IS NOT DISTINCT FROM 'accept' THEN 'it is to be accepted, and nobody has accepted it'
            WHEN r.treatment_due_at IS NULL THEN 'no date is set'
            WHEN r.treatment IS NULL THEN 'no treatment is decided'
            ELSE 'its treatment is overdue' END AS reason,
       r.title AS observed,
       r.owner AS owner
  FROM risk r
 WHERE r.state IN ('assessed', 'treated')
