-- duty:     contract-end
-- title:    Renew the contract, or end it
-- why:      Without a contract nothing binds a vendor to give the data back.
-- owner:    legal_counsel
-- lead:     60 days
-- escalate: 7 days
-- priority: medium
SELECT 'contract/' || c.id AS about, 'Renew or end the contract "' || c.title || '" with ' || v.name AS title, c.owner, c.ends_at AS due_at
  FROM contract c
  JOIN vendor v ON v.id = c.vendor
 WHERE c.state = 'active' AND NOT c.open_ended
UNION ALL
SELECT 'vendor/' || v.id AS about, 'Sign a contract with security terms, return of data and notice of incidents: ' || v.name AS title, v.owner,
       coalesce(v.started_at, v.valid_from) AS due_at
  FROM vendor v
 WHERE v.state = 'active' AND (v.tier IN ('critical', 'high') OR v.personal_data)
   AND NOT EXISTS (SELECT 1 FROM contract c WHERE c.vendor = v.id AND c.state = 'active')
