-- test:      communication.ahead
-- version:   1
-- title:     Customers were told of changes before these took effect
-- kind:      event
-- subject:   communication
-- controls:  CM-06
-- severity:  medium
-- needs:     communication
-- param:     window_days int = 365 guard >= 90
-- param:     notice_days int = 14 guard >= 7
-- why:       Customers plan around what they are told and leave over what they were not.
-- remedy:    Announce changes of service and of commitments with the notice the contract sets; record when the change
--            takes effect.
SELECT id, coalesce(sent_at, as_of()) AS at,
       (effective_at >= sent_at + days(:notice_days)) AS ok,
       CASE WHEN effective_at IS NULL THEN 'when the change takes effect is not recorded'
            WHEN sent_at IS NULL THEN 'when it was sent is not recorded'
            ELSE 'sent too late' END AS reason,
       title AS observed, sender AS owner
  FROM communication
 WHERE kind = 'external' AND state = 'sent' AND topic IN ('change', 'commitment', 'privacy')
   AND (sent_at >= as_of() - days(:window_days)) IS NOT FALSE
