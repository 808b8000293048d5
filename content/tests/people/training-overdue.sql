-- test:      people.training-overdue
-- version:   1
-- title:     No assigned training is past its day
-- kind:      state
-- subject:   training
-- controls:  HR-03, HR-04
-- severity:  low
-- needs:     training
-- needs:     person
-- why:       Training that can be put off without a word is put off.
-- remedy:    Remind the person and the manager; a manager may excuse somebody, with the reason.
SELECT t.id,
       (t.due_at + days(1) > as_of()) AS ok,
       'assigned, and not passed by its day' AS reason,
       t.person || ': ' || t.course AS observed, t.person AS owner
  FROM training t
  LEFT JOIN person p ON p.id = t.person
 WHERE t.state = 'assigned' AND (p.state = 'left') IS NOT TRUE
