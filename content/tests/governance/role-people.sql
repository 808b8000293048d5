-- test:      governance.role-people
-- version:   1
-- title:     Whoever has a role still works here
-- kind:      state
-- subject:   role_assignment
-- controls:  GV-06
-- severity:  medium
-- needs:     role_assignment
-- needs:     person
-- why:       A role of somebody who has left, or is away for long, is held by nobody.
-- remedy:    End the assignment and give the role to someone else; a deputy stands in during a long absence.
SELECT r.id,
       CASE WHEN p.id IS NULL THEN NULL ELSE (p.state IN ('active')) END AS ok,
       CASE WHEN p.id IS NULL THEN 'the person is not on record' ELSE 'the person is ' || p.state END AS reason,
       r.role || ': ' || r.person AS observed, r.person AS owner
  FROM role_assignment r
  LEFT JOIN person p ON p.id = r.person
 WHERE r.state = 'active' AND r.starts_at <= as_of()
