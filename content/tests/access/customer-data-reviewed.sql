-- test:      access.customer-data-reviewed
-- version:   1
-- title:     Use of customer data by staff was reviewed this month
-- kind:      state
-- subject:   -
-- controls:  AC-18
-- severity:  medium
-- needs:     log_review empty=ok
-- param:     max_days int = 35 guard <= 95
-- why:       Staff who open customers' data out of curiosity stop when somebody reads the log.
-- remedy:    Let somebody without such access read the log: attest log_review add kind=customer_data scope=TEXT
--            performed_at=T outcome=nothing remark=TEXT.
WITH latest AS (
     SELECT max(r.performed_at) AS performed FROM log_review r WHERE r.kind = 'customer_data' AND r.performed_at <= as_of()
)
SELECT 'customer data' AS item,
       CASE WHEN (l.performed >= as_of() - days(:max_days)) IS TRUE THEN TRUE ELSE FALSE END AS ok,
       CASE WHEN l.performed IS NULL THEN 'never done'
            ELSE 'not done in the last ' || CAST(:max_days AS TEXT) || ' days' END AS reason
  FROM latest l
