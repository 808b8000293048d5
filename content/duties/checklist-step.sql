-- duty:     checklist-step
-- title:    Finish the step of the checklist
-- why:      Access, training and agreements have their day; so has the end of all of them.
-- owner:    people_lead
-- lead:     14 days
-- escalate: 2 days
-- priority: high
SELECT 'checklist_item/' || c.id AS about, c.title || ': ' || p.name AS title, c.owner, c.due_at
  FROM checklist_item c JOIN person p ON p.id = c.person
 WHERE c.state = 'open'
