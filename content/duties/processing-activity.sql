-- duty:     processing-activity
-- title:    Review the processing of personal data
-- why:      What is collected grows by itself; what is needed does not.
-- owner:    privacy_officer
-- lead:     30 days
-- escalate: 14 days
-- priority: medium
SELECT 'processing_activity/' || id AS about,
       CASE WHEN state = 'draft' THEN 'Finish and have approved: "' ELSE 'Review the processing "' END || name || '"' AS title, owner,
       CASE WHEN state = 'draft' THEN valid_from + days(30) ELSE least(review_due_at, coalesce(reviewed_at, started_at, valid_from) + days(365)) END AS due_at
  FROM processing_activity
 WHERE state <> 'ended'
UNION ALL
SELECT 'privacy_assessment/' || id AS about, 'Look at the impact assessment anew' AS title, author AS owner, review_due_at AS due_at
  FROM privacy_assessment
 WHERE state = 'approved' AND review_due_at IS NOT NULL
