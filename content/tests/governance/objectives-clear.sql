-- test:      governance.objectives-clear
-- version:   1
-- title:     Each objective has a measure, a target, a tolerance and this year's approval by someone else
-- kind:      state
-- subject:   objective
-- controls:  GV-08
-- severity:  medium
-- needs:     objective
-- param:     max_days int = 365 guard <= 400
-- why:       Nobody can judge a risk to an objective that does not say when it is missed.
-- remedy:    Fill in measure, target and tolerance and have it approved; retire an objective that is given up.
SELECT id,
       CASE WHEN coalesce(trim(measure), '') = '' OR coalesce(trim(target), '') = '' OR coalesce(trim(tolerance), '') = '' THEN FALSE
            ELSE (approved_at >= as_of() - days(:max_days) AND approver <> author) END AS ok,
       CASE WHEN coalesce(trim(measure), '') = '' THEN 'no measure'
            WHEN coalesce(trim(target), '') = '' THEN 'no target'
            WHEN coalesce(trim(tolerance), '') = '' THEN 'no tolerance'
            WHEN (approver = author) IS TRUE THEN 'approved by its author'
            ELSE 'not approved within the year' END AS reason,
       title AS observed, owner
  FROM objective
 WHERE state = 'approved'
