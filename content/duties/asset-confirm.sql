-- duty:     asset-confirm
-- title:    See that the asset is there
-- why:      An inventory that is only written to lists what was bought and not what is there.
-- owner:    it_lead
-- lead:     30 days
-- escalate: 21 days
-- priority: low
SELECT 'asset/' || a.id AS about, 'See that ' || a.kind || ' ' || a.name || ' is there' AS title, a.owner,
       coalesce(a.confirmed_at, a.valid_from) + days(365) AS due_at
  FROM asset a
 WHERE a.state = 'in_use'
