-- duty:     procedure-review
-- title:    Review the procedure
-- why:      A control must survive the absence of the person who invented it.
-- owner:    operations_lead
-- lead:     30 days
-- escalate: 30 days
-- priority: low
SELECT 'procedure/' || id AS about,
       CASE WHEN state = 'draft' THEN 'Finish and approve the procedure "' ELSE 'Review the procedure "' END || title || '"' AS title, owner,
       CASE WHEN state = 'draft' THEN valid_from + days(60) ELSE review_due_at END AS due_at
  FROM procedure
 WHERE state IN ('draft', 'approved')
