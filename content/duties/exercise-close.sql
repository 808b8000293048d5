-- duty:     exercise-close
-- title:    Bring the exercise to its end
-- why:      An exercise that changes nothing was a show.
-- owner:    operations_lead
-- lead:     30 days
-- escalate: 14 days
-- priority: medium
SELECT 'exercise/' || x.id AS about, 'Correct the plan and close: ' || x.title AS title, x.owner, x.finished_at + days(60) AS due_at
  FROM exercise x
 WHERE x.state = 'finished'
