-- test:      people.reviews-overdue
-- version:   1
-- title:     No performance review is past its day
-- kind:      state
-- subject:   performance_review
-- controls:  HR-05
-- severity:  low
-- needs:     performance_review
-- needs:     person
-- why:       A review that is always next month tells nobody anything.
-- remedy:    Hold it and record the day, or say why it is not needed.
SELECT r.id,
       (r.due_at + days(1) > as_of()) AS ok,
       'not held by its day' AS reason,
       r.person || ': ' || r.period AS observed, p.manager AS owner
  FROM performance_review r
  LEFT JOIN person p ON p.id = r.person
 WHERE r.state = 'open' AND (p.state IN ('left', 'on_leave')) IS NOT TRUE
