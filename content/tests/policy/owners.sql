-- test:      policy.owners
-- version:   1
-- title:     Every active policy has an owner who works here
-- kind:      state
-- subject:   policy
-- controls:  PL-01
-- severity:  low
-- needs:     policy
-- needs:     person
-- why:       A policy that belongs to nobody is kept current by nobody.
-- remedy:    attest policy edit ID owner=PERSON.
SELECT p.id,
       CASE WHEN p.owner IS NULL THEN FALSE
            WHEN o.id IS NULL THEN NULL
            ELSE (o.state IN ('active', 'on_leave')) END AS ok,
       CASE WHEN p.owner IS NULL THEN 'nobody owns it'
            WHEN o.id IS NULL THEN 'the owner is not on record'
            ELSE 'the owner does not work here' END AS reason,
       p.title AS observed, p.owner
  FROM policy p
  LEFT JOIN person o ON o.id = coalesce(p.owner, '')
 WHERE p.state = 'active'
