-- test:      incident.resolved
-- version:   1
-- title:     No incident stays open without an end
-- kind:      state
-- subject:   incident
-- controls:  IR-03
-- severity:  high
-- needs:     incident
-- param:     max_days int = 30 guard <= 90
-- why:       An incident that was never brought to its end may still be going on.
-- remedy:    Contain and resolve it, or say what is in the way: attest incident do resolve ID.
SELECT i.source, i.id,
       CASE WHEN i.detected_at >= as_of() - days(:max_days) THEN TRUE ELSE FALSE END AS ok,
       'noticed more than ' || CAST(:max_days AS TEXT) || ' days ago and ' || i.state AS reason,
       i.severity || ' ' || i.kind || ': ' || i.title AS observed,
       i.commander AS owner
  FROM incident i
 WHERE i.state IN ('reported', 'triaged', 'declared', 'contained')
