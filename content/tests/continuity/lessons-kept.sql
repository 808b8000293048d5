-- test:      continuity.lessons-kept
-- version:   1
-- title:     Exercises were closed within two months, and the plan corrected
-- kind:      event
-- subject:   exercise
-- controls:  BC-06, IR-06
-- severity:  medium
-- needs:     exercise
-- param:     max_days int = 60 guard <= 90
-- param:     window_days int = 380 guard >= 90
-- why:       An exercise that changes nothing was a show.
-- remedy:    Correct the plan, finish the actions, then: attest exercise do close ID.
SELECT x.source, x.id,
       coalesce(x.finished_at, as_of()) AS at,
       CASE WHEN x.state = 'finished' THEN (x.finished_at >= as_of() - days(:max_days))
            ELSE (x.closed_at <= x.finished_at + days(:max_days) AND x.plan_revised) END AS ok,
       CASE WHEN x.finished_at IS NULL THEN 'when it was finished is not known'
            WHEN x.state = 'finished' THEN 'what it showed is not followed to its end'
            WHEN x.closed_at IS NULL THEN 'when it was closed is not known'
            WHEN x.plan_revised IS NOT TRUE THEN 'the plan was not corrected'
            ELSE 'closed too late' END AS reason,
       x.kind || ' ' || x.title AS observed,
       x.owner AS owner
  FROM exercise x
 WHERE x.state IN ('finished', 'closed') AND coalesce(x.finished_at, as_of()) >= as_of() - days(:window_days)
