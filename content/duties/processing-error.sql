-- duty:     processing-error
-- title:    Put the processing error right
-- why:      Wrong figures are used until somebody says that they are wrong.
-- owner:    operations_lead
-- lead:     30 days
-- escalate: 3 days
-- priority: high
SELECT 'processing_error/' || id AS about,
       CASE WHEN state = 'open' THEN 'Put right: ' ELSE 'See that it is right, and close: ' END || title AS title,
       CASE WHEN state = 'open' THEN owner END AS owner,
       CASE WHEN state = 'open' THEN due_at ELSE coalesce(corrected_at, valid_from) + days(30) END AS due_at
  FROM processing_error
 WHERE state IN ('open', 'corrected')
