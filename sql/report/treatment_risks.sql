-- What is to be done about risks, by when, by whom.
SELECT id AS risk, title, coalesce(treatment, 'undecided') AS treatment, plan, owner, treatment_due_at,
       CASE WHEN treatment_due_at < as_of() THEN 'overdue' WHEN treatment_due_at IS NULL THEN 'no date' ELSE 'on time' END AS standing
  FROM risk
 WHERE state IN ('identified', 'assessed')
 ORDER BY coalesce(treatment_due_at, 0), length(id), id
