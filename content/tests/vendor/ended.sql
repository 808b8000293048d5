-- test:      vendor.ended
-- version:   1
-- title:     Vendors that ended lost their access in time, and their copy of the data
-- kind:      event
-- subject:   vendor
-- controls:  VN-05
-- severity:  high
-- needs:     vendor
-- param:     window_days int = 365 guard >= 90
-- param:     max_days int = 30 guard <= 30
-- why:       Old vendors keep data until somebody asks.
-- remedy:    Withdraw its access and keys, get a written confirmation that the data is returned or deleted, and
--            keep what shows it.
SELECT v.id,
       coalesce(v.offboarding_at, as_of()) AS at,
       CASE WHEN v.offboarding_at IS NULL THEN NULL
            WHEN v.state = 'offboarding' THEN (v.offboarding_at >= as_of() - days(:max_days))
            WHEN v.access_removed_at IS NULL OR v.data_outcome IS NULL OR coalesce(v.data_proof, '') = '' THEN FALSE
            ELSE (v.access_removed_at <= v.offboarding_at + days(:max_days) AND v.access_removed_at <= as_of()) END AS ok,
       CASE WHEN v.offboarding_at IS NULL THEN 'when it was decided to end is not known'
            WHEN v.state = 'offboarding' THEN 'it is not ended yet'
            WHEN v.access_removed_at IS NULL THEN 'when its access was withdrawn is not written down'
            WHEN v.data_outcome IS NULL OR coalesce(v.data_proof, '') = '' THEN 'what became of the data, or the proof, is not written down'
            ELSE 'its access was withdrawn too late' END AS reason,
       v.name AS observed,
       v.owner AS owner
  FROM vendor v
 WHERE v.state IN ('offboarding', 'ended')
   AND coalesce(v.offboarding_at, as_of()) >= as_of() - days(:window_days)
