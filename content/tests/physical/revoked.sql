-- test:      physical.revoked
-- version:   1
-- title:     Badges and keys that a review revoked were taken back
-- kind:      state
-- subject:   access_decision
-- controls:  PH-03
-- severity:  medium
-- needs:     access_decision
-- needs:     access_review
-- needs:     physical_access
-- param:     grace_days int = 14 guard <= 30
-- param:     window_days int = 380 guard >= 190
-- why:       A review whose removals are never carried out protects only the file it is kept in.
-- remedy:    Switch the badge off or take the key back, then: attest physical_access do remove ID removed_at=T.
SELECT d.source, d.id,
       CASE WHEN p.id IS NULL OR (p.state = 'granted') IS NOT TRUE THEN TRUE
            WHEN d.decision IS NULL OR d.decided_at IS NULL THEN NULL
            ELSE FALSE END AS ok,
       CASE WHEN d.decision IS NULL OR d.decided_at IS NULL THEN 'what was decided, or when, is not known'
            ELSE 'it still opens the door' END AS reason,
       d.system || '/' || d.login AS observed,
       d.reviewer AS owner
  FROM access_decision d
  JOIN access_review v ON v.id = d.review AND v.kind = 'physical'
  LEFT JOIN physical_access p ON p.id = d.login
 WHERE d.state IN ('decided', 'verified') AND (d.decision = 'revoke') IS NOT FALSE
   AND (d.decided_at < as_of() - days(:grace_days)) IS NOT FALSE
   AND (d.decided_at >= as_of() - days(:window_days)) IS NOT FALSE
