-- test:      capacity.reviewed
-- version:   1
-- title:     Capacity was forecast this quarter
-- kind:      state
-- subject:   -
-- controls:  BC-08
-- severity:  medium
-- needs:     capacity_review empty=ok
-- param:     max_days int = 100 guard <= 190
-- why:       A disk that fills, or a limit that is reached, stops the service on a day that could be told.
-- remedy:    attest capacity_review add scope=TEXT period=2026-Q1 performed_at=T result=enough forecast=TEXT.
WITH latest AS (
     SELECT max(r.performed_at) AS performed FROM capacity_review r WHERE r.performed_at <= as_of()
)
SELECT 'capacity review' AS item,
       CASE WHEN (l.performed >= as_of() - days(:max_days)) IS TRUE THEN TRUE ELSE FALSE END AS ok,
       CASE WHEN l.performed IS NULL THEN 'never done'
            ELSE 'not done in the last ' || CAST(:max_days AS TEXT) || ' days' END AS reason
  FROM latest l
