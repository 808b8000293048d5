-- test:      access.rights-revoked
-- version:   1
-- title:     Rights that a review revoked are not granted any more
-- kind:      state
-- subject:   access_decision
-- controls:  AC-05, AC-07
-- severity:  high
-- needs:     access_decision
-- needs:     access_review
-- needs:     access_request
-- param:     grace_days int = 14 guard <= 30
-- param:     window_days int = 190 guard >= 90
-- why:       A review whose removals are never carried out protects only the file it is kept in.
-- remedy:    Take the right away in the system, then: attest access_request do revoke ID.
SELECT d.source, d.id,
       CASE WHEN r.id IS NULL OR (r.state = 'granted') IS NOT TRUE THEN TRUE
            WHEN d.decision IS NULL OR d.decided_at IS NULL THEN NULL
            ELSE FALSE END AS ok,
       CASE WHEN d.decision IS NULL OR d.decided_at IS NULL THEN 'what was decided, or when, is not known'
            ELSE 'the right is still granted' END AS reason,
       d.system || '/' || d.login AS observed,
       d.reviewer AS owner
  FROM access_decision d
  JOIN access_review v ON v.id = d.review AND v.kind = 'role'
  LEFT JOIN access_request r ON r.id = d.login
 WHERE d.state IN ('decided', 'verified') AND (d.decision = 'revoke') IS NOT FALSE
   AND (d.decided_at < as_of() - days(:grace_days)) IS NOT FALSE
   AND (d.decided_at >= as_of() - days(:window_days)) IS NOT FALSE
