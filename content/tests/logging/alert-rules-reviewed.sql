-- test:      logging.alert-rules-reviewed
-- version:   1
-- title:     Alert rules were reviewed in the last half year
-- kind:      state
-- subject:   -
-- controls:  LG-05
-- severity:  medium
-- needs:     log_review empty=ok
-- param:     max_days int = 190 guard <= 380
-- why:       Rules written for last year's system watch doors that are gone and miss the new ones.
-- remedy:    Go through the rules and fire one on purpose: attest log_review add kind=alert_rules scope=TEXT
--            performed_at=T outcome=changes remark=TEXT.
WITH latest AS (
     SELECT max(r.performed_at) AS performed FROM log_review r WHERE r.kind = 'alert_rules' AND r.performed_at <= as_of()
)
SELECT 'alert rules' AS item,
       CASE WHEN (l.performed >= as_of() - days(:max_days)) IS TRUE THEN TRUE ELSE FALSE END AS ok,
       CASE WHEN l.performed IS NULL THEN 'never done'
            ELSE 'not done in the last ' || CAST(:max_days AS TEXT) || ' days' END AS reason
  FROM latest l
