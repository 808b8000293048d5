-- Waivers that hold at the session's moment.
SELECT test, item, id, ends_at FROM waiver
 WHERE state = 'approved' AND starts_at <= as_of() AND ends_at > as_of() ORDER BY ends_at DESC, id
