-- duty:     processing-spec
-- title:    Review the specification
-- why:      Processing is right or wrong only against what was specified.
-- owner:    engineering_lead
-- lead:     30 days
-- escalate: 14 days
-- priority: low
SELECT 'processing_spec/' || id AS about,
       CASE WHEN state = 'published' THEN 'Review the specification "' ELSE 'Have approved and publish: "' END || title || '"' AS title, owner,
       CASE WHEN state = 'published' THEN coalesce(reviewed_at, published_at) + days(365) ELSE valid_from + days(30) END AS due_at
  FROM processing_spec
 WHERE state <> 'retired'
