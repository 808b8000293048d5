-- duty:     background-check
-- title:    See to the background check
-- why:      Trust given with the first login is hard to take back.
-- owner:    people_lead
-- lead:     30 days
-- escalate: 1 day
-- priority: high
SELECT 'background_check/' || b.id AS about, 'Take in the result of the check of ' || p.name AS title, coalesce(p.starts_at, p.valid_from + days(30)) AS due_at
  FROM background_check b
  JOIN person p ON p.id = b.person
 WHERE b.state = 'ordered' AND p.state IN ('planned', 'active')
UNION ALL
SELECT 'person/' || p.id AS about, 'Order the background check of ' || p.name AS title, coalesce(p.starts_at - days(14), p.valid_from + days(14)) AS due_at
  FROM person p
 WHERE p.state = 'planned' AND p.kind IS DISTINCT FROM 'director'
   AND NOT EXISTS (SELECT 1 FROM background_check b WHERE b.person = p.id)
