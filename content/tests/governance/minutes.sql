-- test:      governance.minutes
-- version:   1
-- title:     Every meeting took place and has minutes within 30 days
-- kind:      event
-- subject:   meeting
-- controls:  GV-04
-- severity:  medium
-- needs:     meeting
-- param:     window_days int = 365 guard >= 90
-- param:     minutes_days int = 30 guard <= 60
-- why:       What was decided and asked is evidence only when it was written down while people remembered it.
-- remedy:    Finish the minutes and give them to those who took part; cancel a meeting that did not take place, with
--            the reason.
SELECT id, planned_at AS at,
       CASE state
            WHEN 'minuted' THEN (minuted_at <= held_at + days(:minutes_days + 1))
            WHEN 'held' THEN (held_at + days(:minutes_days + 1) >= as_of())
            ELSE (planned_at + days(:minutes_days + 1) >= as_of()) END AS ok,
       CASE state
            WHEN 'minuted' THEN 'the minutes came late, or when is not known'
            WHEN 'held' THEN 'held, and no minutes'
            ELSE 'planned, and neither held nor cancelled' END AS reason,
       title AS observed, chair AS owner
  FROM meeting
 WHERE state <> 'cancelled' AND planned_at <= as_of() AND planned_at >= as_of() - days(:window_days)
