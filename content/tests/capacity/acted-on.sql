-- test:      capacity.acted-on
-- version:   1
-- title:     A capacity review that asks for action says which
-- kind:      event
-- subject:   capacity_review
-- controls:  BC-08
-- severity:  medium
-- needs:     capacity_review
-- param:     window_days int = 190 guard >= 90
-- why:       A forecast nobody acts on only tells the day of the outage.
-- remedy:    attest capacity_review edit ID actions=TEXT shortage_at=T, with who does what by when.
SELECT r.source, r.id,
       r.performed_at AS at,
       CASE WHEN r.actions IS NOT NULL AND r.shortage_at IS NOT NULL THEN TRUE ELSE FALSE END AS ok,
       CASE WHEN r.actions IS NULL THEN 'what is to be done is not recorded'
            ELSE 'by when it is needed is not recorded' END AS reason,
       r.scope || ': ' || r.forecast AS observed,
       r.reviewer AS owner
  FROM capacity_review r
 WHERE r.result = 'act' AND r.performed_at >= as_of() - days(:window_days)
