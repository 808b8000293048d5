-- test:      finding.due
-- version:   1
-- title:     Open findings have an owner and a date that has not passed
-- kind:      state
-- subject:   finding
-- controls:  MO-04
-- severity:  high
-- needs:     finding
-- needs:     person
-- param:     max_days int = 365 guard <= 365
-- param:     retest_days int = 30 guard <= 60
-- why:       Knowing about a weakness and leaving it is worse than not knowing.
-- remedy:    Name an owner who is here and a date, correct it, or have it accepted by name until a date.
SELECT f.id,
       CASE WHEN f.owner IS NULL OR f.due_at IS NULL THEN FALSE
            WHEN (o.state = 'left') IS TRUE OR (f.due_at > f.found_at + days(:max_days)) IS TRUE THEN FALSE
            WHEN f.state = 'fixed' THEN (f.fixed_at >= as_of() - days(:retest_days) AND f.fixed_at <= f.due_at AND o.state <> 'left')
            ELSE (f.due_at >= as_of() AND o.state <> 'left') END AS ok,
       CASE WHEN f.owner IS NULL THEN 'nobody owns it'
            WHEN f.due_at IS NULL THEN 'no date is set'
            WHEN (o.state = 'left') IS TRUE THEN 'its owner has left'
            WHEN (f.due_at > f.found_at + days(:max_days)) IS TRUE THEN 'its date is too far away'
            WHEN o.state IS NULL THEN 'its owner is not in the register of people'
            WHEN f.state = 'fixed' AND f.fixed_at IS NULL THEN 'when it was corrected is not known'
            WHEN f.state = 'fixed' AND (f.fixed_at > f.due_at) IS TRUE THEN 'it was corrected too late'
            WHEN f.state = 'fixed' THEN 'nobody else has looked at the fix'
            ELSE 'it is overdue' END AS reason,
       f.severity || ', ' || f.title AS observed,
       f.owner AS owner
  FROM finding f
  LEFT JOIN person o ON o.id = coalesce(f.owner, '')
 WHERE f.state IN ('open', 'in_progress', 'fixed')
