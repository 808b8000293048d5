-- Steps of a checklist that a person has open already.
SELECT step FROM checklist_item WHERE person = {person} AND kind = {kind} AND state = 'open' AND step IS NOT NULL
