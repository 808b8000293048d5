-- test:      incident.triaged
-- version:   1
-- title:     Reported events were judged in time
-- kind:      event
-- subject:   incident
-- controls:  IR-02, LG-06
-- severity:  high
-- needs:     incident
-- param:     urgent_hours int = 4 guard <= 24
-- param:     other_hours int = 72 guard <= 96
-- param:     window_days int = 190 guard >= 90
-- why:       The first hours decide how far an attack gets, and an event nobody judged may be one.
-- remedy:    Judge it by the matrix now: attest incident do triage ID, or do dismiss ID with the reason.
WITH timed AS (
     SELECT i.id AS of_id,
            i.reported_at + CASE WHEN i.severity IN ('critical', 'high') THEN hours(:urgent_hours) ELSE hours(:other_hours) END AS judge_by
       FROM incident i
)
SELECT i.source, i.id,
       coalesce(i.reported_at, as_of()) AS at,
       CASE WHEN i.state = 'reported' THEN (as_of() <= t.judge_by) ELSE (i.triaged_at <= t.judge_by) END AS ok,
       CASE WHEN i.reported_at IS NULL THEN 'when it was reported is not known'
            WHEN i.state = 'reported' THEN 'not judged yet'
            WHEN i.triaged_at IS NULL THEN 'when it was judged is not known'
            ELSE 'judged too late' END AS reason,
       i.severity || ' ' || i.kind || ': ' || i.title AS observed,
       i.triaged_by AS owner
  FROM incident i
  JOIN timed t ON t.of_id = i.id
 WHERE coalesce(i.reported_at, as_of()) >= as_of() - days(:window_days)
