-- test:      communication.commitments
-- version:   1
-- title:     Every promise to customers says how it is measured and where it was made, and was reviewed within the year
-- kind:      state
-- subject:   service_commitment
-- controls:  CM-04, RK-01
-- severity:  medium
-- needs:     service_commitment
-- param:     max_days int = 365 guard <= 400
-- why:       The report is about commitments; they must be written before they can be met.
-- remedy:    Fill in metric, target and the place of the promise, and confirm it (attest service_commitment do review).
SELECT id,
       CASE WHEN coalesce(trim(metric), '') = '' OR coalesce(trim(target), '') = '' OR coalesce(trim(promised_in), '') = ''
                 OR owner IS NULL THEN FALSE
            ELSE (reviewed_at >= as_of() - days(:max_days)) END AS ok,
       CASE WHEN coalesce(trim(metric), '') = '' THEN 'how it is measured is not said'
            WHEN coalesce(trim(target), '') = '' THEN 'what is to be reached is not said'
            WHEN coalesce(trim(promised_in), '') = '' THEN 'where it was promised is not said'
            WHEN owner IS NULL THEN 'nobody answers for it'
            WHEN reviewed_at IS NULL THEN 'when it was reviewed is not known'
            ELSE 'not reviewed within the year' END AS reason,
       title AS observed, owner
  FROM service_commitment
 WHERE state = 'in_force'
