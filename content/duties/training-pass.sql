-- duty:     training-pass
-- title:    Pass the course
-- why:      Training that can be put off without a word is put off.
-- owner:    people_lead
-- lead:     30 days
-- escalate: 7 days
-- priority: medium
SELECT 'training/' || t.id AS about, 'Pass the course "' || c.title || '"' AS title, t.person AS owner, t.due_at
  FROM training t
  JOIN course c ON c.id = t.course
  JOIN person p ON p.id = t.person
 WHERE t.state = 'assigned' AND p.state = 'active'
