-- test:      logging.reviewed
-- version:   1
-- title:     Security logs were gone through this month
-- kind:      state
-- subject:   -
-- controls:  LG-05
-- severity:  medium
-- needs:     log_review empty=ok
-- param:     max_days int = 35 guard <= 95
-- why:       Alerts find what somebody thought of; only a person finds the rest.
-- remedy:    Go through what alerts did not show: attest log_review add kind=security scope=TEXT
--            performed_at=T outcome=nothing remark=TEXT.
WITH latest AS (
     SELECT max(r.performed_at) AS performed FROM log_review r WHERE r.kind = 'security' AND r.performed_at <= as_of()
)
SELECT 'security logs' AS item,
       CASE WHEN (l.performed >= as_of() - days(:max_days)) IS TRUE THEN TRUE ELSE FALSE END AS ok,
       CASE WHEN l.performed IS NULL THEN 'never done'
            ELSE 'not done in the last ' || CAST(:max_days AS TEXT) || ' days' END AS reason
  FROM latest l
