-- duty:     people-compared
-- title:    Compare the list of people with payroll, and confirm the register
-- why:      Whoever is missing from the list is missing from every check over people.
-- owner:    people_lead
-- lead:     14 days
-- escalate: 14 days
-- priority: medium
SELECT coalesce(max(confirmed_at) + days(92), (SELECT min(k.decided_at) FROM category k) + days(30)) AS due_at
  FROM register
 WHERE id = 'person'
