-- test:      access.review-in-time
-- version:   1
-- title:     Access reviews were finished by the day they were due
-- kind:      event
-- subject:   access_review
-- controls:  AC-05, PH-03
-- severity:  medium
-- needs:     access_review
-- param:     window_days int = 190 guard >= 90
-- why:       A review that is always late reviews rights that were misused long before.
-- remedy:    Finish the decisions; where a reviewer has no time, name another one before the day comes.
SELECT r.source, r.id,
       r.due_at AS at,
       CASE WHEN r.state IN ('draft', 'running') THEN FALSE ELSE (r.decided_at <= r.due_at) END AS ok,
       CASE WHEN r.state IN ('draft', 'running') THEN 'overdue and not decided'
            WHEN r.decided_at IS NULL THEN 'when it was decided is not known'
            ELSE 'decided after it was due' END AS reason,
       r.kind || ' review of ' || r.system || ', ' || r.period AS observed,
       r.reviewer AS owner
  FROM access_review r
 WHERE r.state <> 'cancelled' AND r.due_at < as_of() AND r.due_at >= as_of() - days(:window_days)
