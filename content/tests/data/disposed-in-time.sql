-- test:      data.disposed-in-time
-- version:   1
-- title:     Data whose time was up was destroyed by the day it was due, with proof
-- kind:      event
-- subject:   disposal
-- controls:  DA-03, DA-04
-- severity:  high
-- needs:     disposal
-- needs:     retention_rule empty=ok
-- param:     window_days int = 380 guard >= 90
-- why:       Deletion that was promised and not done is a broken promise in every later breach.
-- remedy:    Run the deletion, keep its log: attest disposal do finish ID; let a second person check it: do confirm ID.
WITH held AS (
     SELECT d.id AS of_id, count(r.id) AS holds
       FROM disposal d
       LEFT JOIN retention_rule r ON r.id = coalesce(d.retention, '') AND r.legal_hold
      GROUP BY d.id
)
SELECT d.source, d.id,
       d.due_at AS at,
       CASE WHEN d.state = 'planned' AND h.holds > 0 THEN TRUE
            WHEN d.state <> 'done' OR (d.done_at > d.due_at) IS TRUE OR (d.witness = d.performer) IS TRUE THEN FALSE
            WHEN d.done_at IS NULL OR d.certificate IS NULL OR d.method IS NULL OR d.witness IS NULL OR d.performer IS NULL THEN NULL
            ELSE TRUE END AS ok,
       CASE WHEN d.state = 'planned' THEN 'overdue'
            WHEN d.state = 'performed' THEN 'nobody but the one who did it saw it'
            WHEN (d.done_at > d.due_at) IS TRUE THEN 'destroyed after it was due'
            WHEN (d.witness = d.performer) IS TRUE THEN 'nobody but the one who did it saw it'
            ELSE 'when, how, by whom or with which proof it was destroyed is not known' END AS reason,
       d.kind || ': ' || d.title AS observed,
       d.performer AS owner
  FROM disposal d
  JOIN held h ON h.of_id = d.id
 WHERE d.kind IN ('retention', 'customer', 'request') AND d.state <> 'cancelled'
   AND d.due_at < as_of() AND d.due_at >= as_of() - days(:window_days)
