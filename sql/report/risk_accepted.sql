-- Acceptances that hold or have run out.
SELECT id AS acceptance, risk, residual_score AS score, approver, accepted_at, ends_at,
       CASE WHEN ends_at <= as_of() THEN 'has run out' ELSE 'holds' END AS standing
  FROM risk_acceptance
 WHERE state = 'approved'
 ORDER BY ends_at, id
