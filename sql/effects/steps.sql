-- Steps of the checklists of one kind that people have open already.
SELECT person, step FROM checklist_item WHERE kind = {kind} AND state = 'open' AND step IS NOT NULL
