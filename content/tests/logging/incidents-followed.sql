-- test:      logging.incidents-followed
-- version:   1
-- title:     What a review of logs found suspicious became an incident
-- kind:      event
-- subject:   log_review
-- controls:  LG-05, LG-06
-- severity:  medium
-- needs:     log_review
-- param:     window_days int = 100 guard >= 30
-- why:       A suspicion that is written into a review and nowhere else is not followed by anyone.
-- remedy:    Report the incident and name it in the review: attest log_review edit ID incident=INC-N.
SELECT r.source, r.id,
       r.performed_at AS at,
       CASE WHEN r.outcome <> 'incident' OR r.incident IS NOT NULL THEN TRUE ELSE FALSE END AS ok,
       'no incident is named' AS reason,
       r.kind || ': ' || r.remark AS observed,
       r.reviewer AS owner
  FROM log_review r
 WHERE r.performed_at >= as_of() - days(:window_days) AND r.performed_at <= as_of()
