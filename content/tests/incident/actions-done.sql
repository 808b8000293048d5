-- test:      incident.actions-done
-- version:   1
-- title:     What incidents and exercises showed to be necessary was done in time
-- kind:      event
-- subject:   action_item
-- controls:  IR-05, BC-06
-- severity:  high
-- needs:     action_item
-- param:     window_days int = 190 guard >= 90
-- why:       Lessons that are written down and not carried out are learned a second time.
-- remedy:    Do it, and say so: attest action_item do finish ID. A day that cannot be met needs a new date before it comes.
SELECT a.source, a.id,
       a.due_at AS at,
       CASE WHEN a.state = 'open' THEN FALSE ELSE (a.done_at <= a.due_at) END AS ok,
       CASE WHEN a.state = 'open' THEN 'overdue'
            WHEN a.done_at IS NULL THEN 'when it was done is not known'
            ELSE 'done after it was due' END AS reason,
       a.subject || ': ' || a.title AS observed,
       a.owner AS owner
  FROM action_item a
 WHERE (a.subject LIKE 'incident/%' OR a.subject LIKE 'exercise/%') AND a.state <> 'cancelled'
   AND a.due_at < as_of() AND (a.state = 'open' OR a.due_at >= as_of() - days(:window_days))
