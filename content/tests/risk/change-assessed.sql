-- test:      risk.change-assessed
-- version:   1
-- title:     Significant changes are assessed before they start or within 30 days
-- kind:      event
-- subject:   risk_assessment
-- controls:  RK-06
-- severity:  medium
-- needs:     risk_assessment
-- param:     window_days int = 365 guard >= 90
-- param:     max_days int = 30 guard <= 30
-- why:       A change that nobody looked at takes controls with it.
-- remedy:    Finish the assessment of the change and have someone other than its lead approve it.
SELECT a.id,
       a.started_at AS at,
       CASE WHEN a.change_started_at IS NULL THEN FALSE
            WHEN a.state = 'in_progress' THEN (a.change_started_at >= as_of() - days(:max_days))
            WHEN a.state = 'finished' AND (a.finished_at < as_of() - days(:max_days)) IS TRUE THEN FALSE
            WHEN a.state = 'approved' AND (a.approver <> a.lead) IS FALSE THEN FALSE
            WHEN a.state = 'approved' AND a.approver IS NULL THEN NULL
            ELSE (a.finished_at <= a.change_started_at + days(:max_days)) END AS ok,
       CASE WHEN a.change_started_at IS NULL THEN 'it does not say when the change takes effect'
            WHEN a.state = 'in_progress' THEN 'it is not finished'
            WHEN a.finished_at IS NULL THEN 'when it was finished is not known'
            WHEN a.state = 'finished' AND (a.finished_at < as_of() - days(:max_days)) IS TRUE THEN 'nobody approved it'
            WHEN a.state = 'approved' AND a.approver IS NULL THEN 'who approved it is not known'
            WHEN a.state = 'approved' AND (a.approver <> a.lead) IS FALSE THEN 'its lead approved it'
            ELSE 'it was finished too late' END AS reason,
       a.title AS observed,
       a.lead AS owner
  FROM risk_assessment a
 WHERE a.kind = 'change' AND a.started_at >= as_of() - days(:window_days)
