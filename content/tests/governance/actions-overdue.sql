-- test:      governance.actions-overdue
-- version:   1
-- title:     No agreed action is past its date
-- kind:      state
-- subject:   action_item
-- controls:  GV-04, MO-04
-- severity:  medium
-- needs:     action_item
-- why:       A weakness that was seen, agreed on and left is worse than one that nobody saw.
-- remedy:    Do it, or agree on another date in the meeting that watches it; cancel what need not be done, with the
--            reason.
SELECT id,
       (due_at + days(1) > as_of()) AS ok,
       'open after its day' AS reason,
       title || ' (' || subject || ')' AS observed, owner
  FROM action_item
 WHERE state = 'open'
