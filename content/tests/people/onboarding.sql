-- test:      people.onboarding
-- version:   1
-- title:     Every step of onboarding that fell due in the last 180 days was done in time
-- kind:      event
-- subject:   checklist_item
-- controls:  HR-10
-- severity:  medium
-- needs:     checklist_item
-- param:     window_days int = 180 guard >= 90
-- why:       A forgotten step at the start is a missing signature, or a right nobody asked for.
-- remedy:    Do the step and finish it (attest checklist_item do finish); a manager may skip one that does not apply.
SELECT id, due_at AS at,
       CASE WHEN state = 'not_needed' THEN TRUE
            WHEN state = 'done' THEN (done_at < due_at + days(1))
            ELSE FALSE END AS ok,
       CASE WHEN state = 'open' THEN 'not done' WHEN done_at IS NULL THEN 'when it was done is not known' ELSE 'done late' END AS reason,
       person || ': ' || title AS observed, owner
  FROM checklist_item
 WHERE kind = 'onboarding' AND due_at + days(1) <= as_of() AND due_at >= as_of() - days(:window_days)
