-- The register of open risks, worst first.
SELECT id AS risk, title, owner, inherent_score AS inherent, residual_score AS residual, coalesce(treatment, 'undecided') AS treatment,
       state, review_due_at
  FROM risk
 WHERE state <> 'closed'
 ORDER BY coalesce(residual_score, inherent_score, 26) DESC, length(id), id
