-- test:      audit.attestations
-- version:   1
-- title:     What people state of a control is looked at by another within two weeks
-- kind:      state
-- subject:   attestation
-- controls:  MO-03
-- severity:  medium
-- needs:     attestation empty=ok
-- param:     max_days int = 14 guard <= 31
-- param:     valid_days int = 400 guard <= 400
-- why:       A statement nobody looked at is worth what an unread letter is.
-- remedy:    Look at the evidence and accept or reject the statement; not by who made it.
SELECT a.id,
       CASE WHEN a.performed_at > as_of() OR a.valid_until > a.performed_at + days(:valid_days) THEN FALSE
            WHEN a.state = 'submitted' THEN (a.performed_at >= as_of() - days(:max_days))
            ELSE (a.reviewer <> a.performer AND a.reviewed_at <= as_of()) END AS ok,
       CASE WHEN a.performed_at > as_of() THEN 'it speaks of the future'
            WHEN a.valid_until > a.performed_at + days(:valid_days) THEN 'it is to speak for too long'
            WHEN a.state = 'submitted' THEN 'nobody has looked at it'
            WHEN a.reviewer IS NULL OR a.performer IS NULL OR a.reviewed_at IS NULL THEN 'who stated it or looked at it, or when, is not known'
            ELSE 'who stated it accepted it' END AS reason,
       a.control AS observed,
       a.performer AS owner
  FROM attestation a
 WHERE a.state <> 'rejected' AND a.valid_until >= as_of()
