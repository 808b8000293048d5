-- test:      processing.errors
-- version:   1
-- title:     Processing errors are put right in time and seen to be right by another
-- kind:      event
-- subject:   processing_error
-- controls:  PI-03
-- severity:  high
-- needs:     processing_error max_age=100d
-- param:     window_days int = 365 guard >= 90
-- param:     max_days int = 90 guard <= 180
-- param:     close_days int = 30 guard <= 60
-- why:       An item that silently fell out is found by the customer.
-- remedy:    Correct the items, process them again or refuse them with a reason, and let another look. Where there
--            was no error, confirm the empty register each quarter.
SELECT e.id,
       e.found_at AS at,
       CASE WHEN e.due_at IS NULL OR (e.due_at > e.found_at + days(:max_days)) IS TRUE THEN FALSE
            WHEN e.state = 'open' THEN (e.due_at >= as_of())
            WHEN (e.corrected_at > e.due_at) IS TRUE THEN FALSE
            WHEN e.corrected_at IS NULL OR e.reprocessed IS NULL THEN NULL
            WHEN e.state = 'corrected' THEN (e.corrected_at >= as_of() - days(:close_days))
            ELSE (e.approver <> e.corrected_by) END AS ok,
       CASE WHEN e.due_at IS NULL THEN 'it has no due date'
            WHEN (e.due_at > e.found_at + days(:max_days)) IS TRUE THEN 'its due date is too far away'
            WHEN e.state = 'open' THEN 'it is overdue'
            WHEN (e.corrected_at > e.due_at) IS TRUE THEN 'it was put right too late'
            WHEN e.corrected_at IS NULL OR e.reprocessed IS NULL THEN 'when it was put right, or whether the items were processed again, is not known'
            WHEN e.state = 'corrected' THEN 'nobody else has looked at the correction'
            WHEN e.approver IS NULL OR e.corrected_by IS NULL THEN 'who corrected or closed it is not known'
            ELSE 'it was closed by who corrected it' END AS reason,
       e.title AS observed,
       e.owner AS owner
  FROM processing_error e
 WHERE e.found_at >= as_of() - days(:window_days)
