-- test:      privacy.accounting-requests
-- version:   1
-- title:     People learn in time what is held of them and who received it
-- kind:      event
-- subject:   subject_request
-- controls:  PR-15
-- severity:  medium
-- needs:     subject_request max_age=100d
-- param:     window_days int = 365 guard >= 90
-- why:       Control over one's data begins with knowing who has it.
-- remedy:    Answer from the record of processing and the log of disclosures. Where there was no request, confirm the empty register each quarter.
SELECT r.id,
       r.received_at AS at,
       CASE WHEN r.received_at > as_of() THEN FALSE
            WHEN r.state = 'withdrawn' THEN TRUE
            WHEN r.due_at IS NULL THEN NULL
            WHEN (r.extended_at > r.due_at) IS TRUE THEN FALSE
            WHEN (r.state = 'extended' OR r.extended_due_at IS NOT NULL) AND r.extended_at IS NULL THEN NULL
            WHEN r.state IN ('received', 'verified') THEN (r.due_at >= as_of())
            WHEN r.state = 'extended' THEN (r.extended_due_at >= as_of())
            WHEN (r.answered_at > coalesce(r.extended_due_at, r.due_at)) IS TRUE THEN FALSE
            WHEN r.answered_at IS NULL THEN NULL
            WHEN r.state = 'denied' THEN (coalesce(r.denial_reason, '') <> '')
            WHEN r.identity_verified_at IS NULL THEN NULL
            ELSE (coalesce(r.outcome, '') <> '' AND r.identity_verified_at <= r.answered_at) END AS ok,
       CASE WHEN r.received_at > as_of() THEN 'it is said to be received in the future'
            WHEN r.due_at IS NULL THEN 'when it is due is not known'
            WHEN (r.extended_at > r.due_at) IS TRUE THEN 'the person was told too late that more time is needed'
            WHEN (r.state = 'extended' OR r.extended_due_at IS NOT NULL) AND r.extended_at IS NULL THEN 'when it was extended is not known'
            WHEN r.state IN ('received', 'verified', 'extended') THEN 'it is overdue'
            WHEN (r.answered_at > coalesce(r.extended_due_at, r.due_at)) IS TRUE THEN 'it was answered too late'
            WHEN r.answered_at IS NULL THEN 'when it was answered is not known'
            WHEN r.state = 'denied' THEN 'it was refused without a reason'
            WHEN r.identity_verified_at IS NULL THEN 'when the person was verified is not known'
            ELSE 'what was answered is not written down' END AS reason,
       r.kind || ', ' || r.regime || ', ' || r.state AS observed,
       r.owner AS owner
  FROM subject_request r
 WHERE r.kind IN ('accounting') AND r.received_at >= as_of() - days(:window_days)
