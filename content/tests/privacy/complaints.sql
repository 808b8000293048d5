-- test:      privacy.complaints
-- version:   1
-- title:     Privacy complaints are answered in time, with the way to appeal and their cause
-- kind:      event
-- subject:   complaint
-- controls:  PR-17
-- severity:  medium
-- needs:     complaint max_age=100d
-- param:     window_days int = 365 guard >= 90
-- why:       A complaint unheard goes to the regulator.
-- remedy:    Answer it, name the way to appeal, and write down why it came to it. Where there was none, confirm the empty
--            register each quarter.
SELECT c.id,
       c.received_at AS at,
       CASE WHEN c.received_at > as_of() THEN FALSE
            WHEN c.state = 'withdrawn' THEN TRUE
            WHEN c.due_at IS NULL THEN NULL
            WHEN c.state = 'received' THEN (c.due_at >= as_of())
            WHEN coalesce(c.outcome, '') = '' OR coalesce(c.cause, '') = '' THEN FALSE
            ELSE (c.answered_at <= c.due_at AND c.recourse_told) END AS ok,
       CASE WHEN c.received_at > as_of() THEN 'it is said to be received in the future'
            WHEN c.due_at IS NULL THEN 'when it is due is not known'
            WHEN c.state = 'received' THEN 'it is overdue'
            WHEN coalesce(c.outcome, '') = '' OR coalesce(c.cause, '') = '' THEN 'the answer or the cause is not written down'
            WHEN c.answered_at IS NULL THEN 'when it was answered is not known'
            WHEN (c.answered_at > c.due_at) IS TRUE THEN 'it was answered too late'
            ELSE 'there is no proof that the answer named the way to appeal' END AS reason,
       c.title AS observed,
       c.owner AS owner
  FROM complaint c
 WHERE c.received_at >= as_of() - days(:window_days)
