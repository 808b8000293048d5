-- duty:     commitment-review
-- title:    Review the promise to customers
-- why:      The report is about commitments; they must be what is promised and what can be kept.
-- owner:    executive
-- lead:     30 days
-- escalate: 30 days
-- priority: medium
SELECT 'service_commitment/' || id AS about,
       CASE WHEN state = 'draft' THEN 'Finish the promise "' ELSE 'Review the promise "' END || title || '"' AS title, owner,
       CASE WHEN state = 'draft' THEN valid_from + days(60) ELSE reviewed_at + days(365) END AS due_at
  FROM service_commitment
 WHERE state IN ('draft', 'in_force')
