-- test:      waiver.current
-- version:   1
-- title:     Waivers were approved by another, end within a year, and none has ended unseen
-- kind:      state
-- subject:   waiver
-- controls:  MO-04
-- severity:  high
-- needs:     waiver empty=ok
-- param:     max_days int = 365 guard <= 365
-- why:       A waiver that ended accepts nothing, and one without an end is a rule that was given up.
-- remedy:    Correct what was accepted and revoke the waiver, or ask for a new one that someone else approves.
SELECT w.id,
       CASE WHEN w.ends_at <= as_of() OR w.ends_at > w.starts_at + days(:max_days) THEN FALSE
            ELSE (w.approver <> w.requester AND w.decided_at <= as_of()) END AS ok,
       CASE WHEN w.ends_at <= as_of() THEN 'it has ended; revoke it, or ask for a new one'
            WHEN w.ends_at > w.starts_at + days(:max_days) THEN 'it holds for too long'
            WHEN w.approver IS NULL OR w.requester IS NULL OR w.decided_at IS NULL THEN 'who asked for or approved it, or when, is not known'
            ELSE 'who asked for it approved it' END AS reason,
       w.test || ' ' || coalesce(w.item, 'as a whole') AS observed,
       w.requester AS owner
  FROM waiver w
 WHERE w.state = 'approved'
