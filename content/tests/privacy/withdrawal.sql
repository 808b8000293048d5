-- test:      privacy.withdrawal
-- version:   1
-- title:     Withdrawn consent takes effect in all systems within days
-- kind:      event
-- subject:   consent
-- controls:  PR-03
-- severity:  high
-- needs:     consent
-- param:     window_days int = 365 guard >= 90
-- param:     max_days int = 5 guard <= 15
-- why:       A choice that changes nothing is no choice.
-- remedy:    Stop the processing everywhere the consent was used, and write down when it had stopped.
SELECT c.id,
       coalesce(c.withdrawn_at, as_of()) AS at,
       CASE WHEN c.withdrawn_at IS NULL THEN NULL
            WHEN c.applied_at IS NULL THEN (c.withdrawn_at >= as_of() - days(:max_days))
            ELSE (c.applied_at <= c.withdrawn_at + days(:max_days) AND c.applied_at <= as_of()) END AS ok,
       CASE WHEN c.withdrawn_at IS NULL THEN 'when it was withdrawn is not known'
            WHEN c.applied_at IS NULL THEN 'it has not taken effect'
            ELSE 'it took effect too late' END AS reason,
       c.purpose AS observed
  FROM consent c
 WHERE c.state = 'withdrawn' AND coalesce(c.withdrawn_at, as_of()) >= as_of() - days(:window_days)
