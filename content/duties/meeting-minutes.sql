-- duty:     meeting-minutes
-- title:    Finish the minutes
-- why:      What was decided is evidence only when it was written down while people remembered it.
-- owner:    compliance_lead
-- lead:     30 days
-- escalate: 7 days
-- priority: low
SELECT 'meeting/' || id AS about,
       CASE WHEN state = 'held' THEN 'Finish the minutes of "' ELSE 'Record that it was held, or cancel it: "' END || title || '"' AS title,
       chair AS owner, coalesce(held_at, planned_at) + days(30) AS due_at
  FROM meeting
 WHERE state = 'held' OR (state = 'planned' AND planned_at <= as_of())
