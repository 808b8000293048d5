-- test:      privacy.breaches-notified
-- version:   1
-- title:     For each breach it is decided in time whom to tell, and they are told in time
-- kind:      event
-- subject:   breach
-- controls:  PR-14
-- severity:  critical
-- needs:     breach max_age=100d
-- param:     window_days int = 365 guard >= 90
-- param:     people_days int = 30 guard <= 60
-- why:       People can only protect themselves from what they know.
-- remedy:    Decide with reasons (do decide), tell the authority and the people concerned, and write down when. Late is
--            better than never: say why it is late.
SELECT b.id,
       b.detected_at AS at,
       CASE WHEN b.detected_at > as_of() THEN FALSE
            WHEN b.authority_due_at IS NULL THEN NULL
            WHEN b.state = 'detected' THEN (b.authority_due_at >= as_of())
            WHEN (b.decided_at > b.authority_due_at) IS TRUE OR coalesce(b.decision_reason, '') = '' THEN FALSE
            WHEN b.notify_people IS NULL OR b.notify_authority IS NULL THEN NULL
            WHEN b.notify_people IS TRUE AND (b.people_due_at <= b.detected_at + days(:people_days)) IS NOT TRUE THEN FALSE
            ELSE (b.decided_at <= b.authority_due_at
                  AND (NOT b.notify_authority
                       OR CASE WHEN b.notified_at IS NULL THEN (b.authority_due_at >= as_of())
                               ELSE (b.notified_at <= b.authority_due_at AND b.notified_at <= as_of()) END)
                  AND (NOT b.notify_people
                       OR CASE WHEN b.people_notified_at IS NULL THEN (b.people_due_at >= as_of())
                               ELSE (b.people_notified_at <= b.people_due_at AND b.people_notified_at <= as_of()) END)) END AS ok,
       CASE WHEN b.detected_at > as_of() THEN 'it is said to be detected in the future'
            WHEN b.authority_due_at IS NULL THEN 'by when the authority must be told is not known'
            WHEN b.state = 'detected' THEN 'it is not decided whom to tell'
            WHEN b.decided_at IS NULL OR b.notify_authority IS NULL OR b.notify_people IS NULL THEN 'what was decided, or when, is not known'
            WHEN (b.decided_at > b.authority_due_at) IS TRUE THEN 'it was decided too late'
            WHEN coalesce(b.decision_reason, '') = '' THEN 'the decision has no reason'
            WHEN b.notify_people IS TRUE AND (b.people_due_at <= b.detected_at + days(:people_days)) IS NOT TRUE
            THEN 'by when the people concerned are to be told is not set, or too late'
            WHEN b.notify_authority IS TRUE AND (b.notified_at <= b.authority_due_at) IS NOT TRUE THEN 'the authority was not told, or too late'
            ELSE 'the people concerned were not told, or too late' END AS reason,
       b.title AS observed,
       b.owner AS owner
  FROM breach b
 WHERE b.detected_at >= as_of() - days(:window_days)
