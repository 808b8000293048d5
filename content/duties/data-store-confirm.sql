-- duty:     data-store-confirm
-- title:    Confirm what the data store holds
-- why:      Data spreads: what a store held last year is not what it holds now.
-- owner:    privacy_officer
-- lead:     30 days
-- escalate: 21 days
-- priority: medium
SELECT 'data_store/' || s.id AS about, 'Confirm what ' || s.name || ' holds, and how it is protected' AS title, s.owner,
       coalesce(s.confirmed_at, s.valid_from) + days(365) AS due_at
  FROM data_store s
 WHERE s.state = 'in_use'
