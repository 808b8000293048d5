-- test:      governance.control-owners
-- version:   1
-- title:     Every control has an owner who works here
-- kind:      state
-- subject:   control
-- controls:  GV-07
-- severity:  medium
-- needs:     control
-- needs:     person
-- why:       A control without an owner decays at the first reorganisation.
-- remedy:    attest control edit ID owner=PERSON; the owner must be a person who works here now.
SELECT c.id,
       CASE WHEN c.owner IS NULL THEN FALSE
            WHEN p.id IS NULL THEN NULL
            ELSE (p.state IN ('active', 'on_leave')) END AS ok,
       CASE WHEN c.owner IS NULL THEN 'nobody answers for it'
            WHEN p.id IS NULL THEN 'the owner is not on record'
            ELSE 'the owner does not work here' END AS reason,
       c.state AS observed, c.owner
  FROM control c
  LEFT JOIN person p ON p.id = coalesce(c.owner, '')
 WHERE c.state IN ('planned', 'operating')
