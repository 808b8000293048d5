-- Attestations that speak for a control at the session's moment.
SELECT control, id, valid_until FROM attestation
 WHERE state = 'accepted' AND performed_at <= as_of() AND valid_until > as_of() ORDER BY valid_until, id
