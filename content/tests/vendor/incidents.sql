-- test:      vendor.incidents
-- version:   1
-- title:     Incidents that vendors report are recorded the same day and judged like our own
-- kind:      event
-- subject:   vendor_incident
-- controls:  VN-06
-- severity:  high
-- needs:     vendor_incident max_age=100d
-- param:     window_days int = 365 guard >= 90
-- param:     record_hours int = 24 guard <= 48
-- param:     assess_hours int = 72 guard <= 72
-- why:       Our clock to notify starts when theirs has told us.
-- remedy:    Record the notice, judge what it means for us, and say so (do assess). Where there was none, confirm the
--            empty register each quarter.
SELECT i.id,
       i.reported_at AS at,
       CASE WHEN i.reported_at > as_of() THEN FALSE
            WHEN i.recorded_at IS NULL THEN NULL
            WHEN (i.recorded_at > i.reported_at + hours(:record_hours)) IS TRUE THEN FALSE
            WHEN i.state = 'reported' THEN (i.reported_at >= as_of() - hours(:assess_hours))
            WHEN i.severity IS NULL OR i.personal_data IS NULL THEN NULL
            ELSE (i.assessed_at <= i.reported_at + hours(:assess_hours)) END AS ok,
       CASE WHEN i.reported_at > as_of() THEN 'it is said to be reported in the future'
            WHEN i.recorded_at IS NULL THEN 'when it was recorded is not known'
            WHEN (i.recorded_at > i.reported_at + hours(:record_hours)) IS TRUE THEN 'it was recorded too late'
            WHEN i.state = 'reported' THEN 'it is not judged yet'
            WHEN i.severity IS NULL OR i.personal_data IS NULL THEN 'what it means for us, or for personal data, is not known'
            WHEN i.assessed_at IS NULL THEN 'when it was judged is not known'
            ELSE 'it was judged too late' END AS reason,
       i.title AS observed,
       i.owner AS owner
  FROM vendor_incident i
 WHERE i.reported_at >= as_of() - days(:window_days)
