-- test:      governance.reporting-lines
-- version:   1
-- title:     Everyone reports to somebody who works here
-- kind:      state
-- subject:   person
-- controls:  GV-05
-- severity:  low
-- needs:     person
-- needs:     role_assignment
-- why:       Approvals, reviews and questions go along the reporting lines; one that ends nowhere stops them.
-- remedy:    Record the manager of the person. Whoever leads the organisation has the role executive or board_chair
--            instead.
SELECT p.id,
       CASE WHEN t.head IS NOT NULL THEN TRUE
            WHEN p.manager IS NULL THEN NULL
            WHEN (p.manager = p.id) IS TRUE THEN FALSE
            WHEN m.id IS NULL THEN NULL
            ELSE (m.state IN ('active', 'on_leave')) END AS ok,
       CASE WHEN p.manager IS NULL THEN 'no manager is recorded'
            WHEN (p.manager = p.id) IS TRUE THEN 'reports to nobody else'
            ELSE 'the manager does not work here' END AS reason,
       coalesce(p.manager, '?') AS observed
  FROM person p
  LEFT JOIN person m ON m.id = coalesce(p.manager, '')
  LEFT JOIN (SELECT DISTINCT r.person AS head
               FROM role_assignment r
              WHERE r.state = 'active' AND r.capacity = 'holder' AND r.role IN ('executive', 'board_chair')) t
    ON t.head = p.id
 WHERE p.state IN ('active', 'on_leave') AND p.kind IS DISTINCT FROM 'director'
