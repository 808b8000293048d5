-- test:      access.administrators-compared
-- version:   1
-- title:     The list of administrators was gone through this month
-- kind:      state
-- subject:   -
-- controls:  AC-08
-- severity:  medium
-- needs:     log_review empty=ok
-- param:     max_days int = 35 guard <= 95
-- why:       What administrators did, and who became one, is known only to those who look.
-- remedy:    Compare the members of administrator groups with the list and look at what they did:
--            attest log_review add kind=administrators scope=TEXT performed_at=T outcome=nothing remark=TEXT.
WITH latest AS (
     SELECT max(r.performed_at) AS performed FROM log_review r WHERE r.kind = 'administrators' AND r.performed_at <= as_of()
)
SELECT 'administrators' AS item,
       CASE WHEN (l.performed >= as_of() - days(:max_days)) IS TRUE THEN TRUE ELSE FALSE END AS ok,
       CASE WHEN l.performed IS NULL THEN 'never done'
            ELSE 'not done in the last ' || CAST(:max_days AS TEXT) || ' days' END AS reason
  FROM latest l
