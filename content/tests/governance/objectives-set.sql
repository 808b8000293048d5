-- test:      governance.objectives-set
-- version:   1
-- title:     Management has approved objectives within the last year
-- kind:      state
-- subject:   -
-- controls:  GV-08
-- severity:  medium
-- needs:     objective
-- param:     max_days int = 365 guard <= 400
-- why:       A risk is a risk to something; what that is has to be said first.
-- remedy:    Write down the objectives of the year, security and compliance among them, each with a measure and a
--            tolerance, and let somebody else in management approve them.
SELECT 'objectives' AS item,
       CASE WHEN count(CASE WHEN (approved_at >= as_of() - days(:max_days)) IS TRUE THEN 1 END) > 0 THEN TRUE
            WHEN count(CASE WHEN approved_at IS NULL THEN 1 END) > 0 THEN NULL
            ELSE FALSE END AS ok,
       'none was approved lately' AS reason,
       CAST(count(*) AS TEXT) || ' approved objectives' AS observed
  FROM objective
 WHERE state = 'approved'
