-- test:      people.training-passed
-- version:   1
-- title:     Every training recorded in the last year as passed reached its score
-- kind:      event
-- subject:   training
-- controls:  HR-03, HR-04
-- severity:  medium
-- needs:     training
-- param:     window_days int = 365 guard >= 90
-- why:       A course that was clicked through taught nothing.
-- remedy:    Open the training again and let the person repeat it.
SELECT id, coalesce(completed_at, as_of()) AS at,
       (score >= pass_score AND completed_at <= as_of()) AS ok,
       CASE WHEN score IS NULL THEN 'the score is not recorded'
            WHEN completed_at IS NULL THEN 'the day is not recorded'
            WHEN (completed_at > as_of()) IS TRUE THEN 'the day is still to come'
            ELSE 'the score does not pass' END AS reason,
       coalesce(CAST(score AS TEXT), '?') || ' %' AS observed,
       CAST(pass_score AS TEXT) || ' %' AS expected, person AS owner
  FROM training
 WHERE state = 'completed' AND (completed_at >= as_of() - days(:window_days)) IS NOT FALSE
