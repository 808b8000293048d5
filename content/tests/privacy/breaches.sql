-- test:      privacy.breaches
-- version:   1
-- title:     Each unauthorised disclosure is on record with its facts, effects, measures and people
-- kind:      event
-- subject:   breach
-- controls:  PR-12
-- severity:  high
-- needs:     breach max_age=100d
-- param:     window_days int = 365 guard >= 90
-- param:     max_days int = 30 guard <= 60
-- why:       Small leaks form a pattern that single records do not show.
-- remedy:    Complete the entry, also where nobody had to be told. Where there was none, confirm the empty register
--            each quarter.
SELECT b.id,
       b.detected_at AS at,
       CASE WHEN b.detected_at > as_of() THEN FALSE
            WHEN coalesce(b.facts, '') <> '' AND coalesce(b.effects, '') <> '' AND coalesce(b.measures, '') <> '' AND b.people_affected IS NOT NULL
            THEN CASE WHEN b.state = 'closed' THEN (b.approver <> b.decided_by) ELSE TRUE END
            WHEN b.state = 'closed' THEN FALSE
            ELSE (b.detected_at >= as_of() - days(:max_days)) END AS ok,
       CASE WHEN b.detected_at > as_of() THEN 'it is said to be detected in the future'
            WHEN coalesce(b.facts, '') = '' OR coalesce(b.effects, '') = '' THEN 'what happened, or what it may do to people, is not written down'
            WHEN coalesce(b.measures, '') = '' THEN 'what was done against it is not written down'
            WHEN b.people_affected IS NULL THEN 'how many people it concerns is not written down'
            WHEN b.approver IS NULL OR b.decided_by IS NULL THEN 'who decided or closed it is not known'
            ELSE 'who decided it closed it' END AS reason,
       b.title AS observed,
       b.owner AS owner
  FROM breach b
 WHERE b.detected_at >= as_of() - days(:window_days)
