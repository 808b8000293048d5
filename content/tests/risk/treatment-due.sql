-- test:      risk.treatment-due
-- version:   1
-- title:     Treatments of risks are carried out by their date
-- kind:      state
-- subject:   risk
-- controls:  RK-04
-- severity:  high
-- needs:     risk
-- why:       A plan past its date is a risk accepted by nobody.
-- remedy:    Carry the plan out (do treat), or have what remains accepted by name (risk_acceptance).
SELECT r.id,
       CASE WHEN r.state = 'treated' AND r.treated_at IS NULL THEN NULL
            WHEN r.state = 'treated' AND r.treatment_due_at IS NULL THEN FALSE
            WHEN r.state = 'treated' THEN TRUE
            ELSE (r.treatment_due_at >= as_of()) END AS ok,
       CASE WHEN r.treatment_due_at IS NULL THEN 'no date is set'
            WHEN r.state = 'treated' THEN 'when it was treated is not known'
            ELSE 'its treatment is overdue' END AS reason,
       r.title AS observed,
       r.owner AS owner
  FROM risk r
 WHERE r.state IN ('assessed', 'treated') AND coalesce(r.treatment, 'mitigate') <> 'accept'
