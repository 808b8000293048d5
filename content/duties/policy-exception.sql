-- duty:     policy-exception
-- title:    Decide on the exception, or end it
-- why:      Unrecorded and endless exceptions become the real policy.
-- owner:    security_officer
-- lead:     30 days
-- escalate: 7 days
-- priority: high
SELECT 'policy_exception/' || id AS about,
       CASE WHEN state = 'requested' THEN 'Decide on the exception "' ELSE 'Close the exception, or ask for it anew: "' END || title || '"' AS title,
       CASE WHEN state = 'approved' THEN requester END AS owner,
       CASE WHEN state = 'requested' THEN starts_at ELSE ends_at END AS due_at
  FROM policy_exception
 WHERE state IN ('requested', 'approved')
