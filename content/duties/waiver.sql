-- duty:     waiver
-- title:    Decide on the waiver, or end it
-- why:      An exception without an end is a rule nobody approved.
-- owner:    security_officer
-- lead:     30 days
-- escalate: 7 days
-- priority: high
SELECT 'waiver/' || id AS about,
       CASE WHEN state = 'requested' THEN 'Decide on the waiver of ' ELSE 'Mend it, or ask anew: ' END || test || coalesce(' ' || item, '') AS title,
       CASE WHEN state = 'approved' THEN requester END AS owner,
       CASE WHEN state = 'requested' THEN starts_at ELSE ends_at END AS due_at
  FROM waiver
 WHERE state IN ('requested', 'approved')
