-- test:      people.agreement
-- version:   1
-- title:     Everyone who started in the last year signed the confidentiality agreement before that
-- kind:      event
-- subject:   person
-- controls:  HR-07
-- severity:  high
-- needs:     person
-- param:     window_days int = 365 guard >= 90
-- why:       Duties must exist before the information is seen, not after it has leaked.
-- remedy:    Have the agreement signed with the contract and record the day (agreement_at).
SELECT id, coalesce(starts_at, as_of()) AS at,
       (agreement_at < starts_at + days(1)) AS ok,
       CASE WHEN agreement_at IS NULL THEN 'when it was signed is not recorded'
            WHEN starts_at IS NULL THEN 'when the person started is not known'
            ELSE 'signed after the first day' END AS reason,
       name AS observed, manager AS owner
  FROM person
 WHERE state <> 'planned' AND (starts_at >= as_of() - days(:window_days)) IS NOT FALSE
