-- Risks that nobody has given scores or an owner.
SELECT id AS risk, title, owner, CASE WHEN inherent_score IS NULL THEN 'no score' ELSE 'no owner' END AS lacks
  FROM risk
 WHERE state <> 'closed' AND (inherent_score IS NULL OR owner IS NULL)
 ORDER BY length(id), id
