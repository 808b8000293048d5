-- test:      governance.actions-in-time
-- version:   1
-- title:     Actions that fell due in the last 180 days were done in time
-- kind:      event
-- subject:   action_item
-- controls:  GV-04, MO-04
-- severity:  low
-- needs:     action_item
-- param:     window_days int = 180 guard >= 90
-- why:       Deficiencies are followed to their end, by the day that was agreed.
-- remedy:    Agree on dates that can be kept, and look at the open actions in every meeting.
SELECT id, due_at AS at,
       CASE WHEN state = 'done' THEN (done_at < due_at + days(1)) ELSE FALSE END AS ok,
       CASE WHEN state = 'open' THEN 'not done' WHEN done_at IS NULL THEN 'when it was done is not known' ELSE 'done late' END AS reason,
       title || ' (' || subject || ')' AS observed, owner
  FROM action_item
 WHERE state <> 'cancelled' AND due_at + days(1) <= as_of() AND due_at >= as_of() - days(:window_days)
