-- test:      incident.notified
-- version:   1
-- title:     Notices of incidents went out before their clock ran out
-- kind:      event
-- subject:   notification
-- controls:  IR-04
-- severity:  critical
-- needs:     notification
-- param:     window_days int = 380 guard >= 90
-- why:       A late notice turns an incident into a breach of law or contract.
-- remedy:    Send it now, with the reason for the delay, and record it: attest notification do meet ID. Where the duty
--            does not exist, say why: attest notification do waive ID.
SELECT n.source, n.id,
       coalesce(n.started_at, as_of()) AS at,
       CASE WHEN n.state = 'not_applicable' THEN (n.reason IS NOT NULL AND n.decided_by IS NOT NULL)
            WHEN n.state = 'open' THEN (as_of() <= n.due_at)
            ELSE (n.met_at <= n.due_at) END AS ok,
       CASE WHEN n.state = 'not_applicable' THEN 'who judged that the duty does not exist, or why, is not recorded'
            WHEN n.due_at IS NULL THEN 'when its clock began is not recorded'
            WHEN n.state = 'open' THEN 'its clock has run out'
            WHEN n.met_at IS NULL THEN 'when the notice went out is not recorded'
            ELSE 'the notice went out too late' END AS reason,
       n.incident || ': ' || n.regime || ', ' || coalesce(n.recipient, '?') AS observed,
       n.owner AS owner
  FROM notification n
 WHERE coalesce(n.started_at, as_of()) >= as_of() - days(:window_days)
