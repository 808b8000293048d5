-- duty:     vendor-review
-- title:    Review the vendor
-- why:      A vendor that was safe when it was chosen is somebody else's company a year later.
-- owner:    compliance_lead
-- lead:     45 days
-- escalate: 14 days
-- priority: high
SELECT 'vendor/' || v.id AS about, 'Review the vendor ' || v.name AS title, v.owner,
       least(v.review_due_at,
             CASE WHEN v.tier = 'critical' OR v.subservice OR (v.tier = 'high' AND v.personal_data)
                  THEN coalesce(max(r.reviewed_at) + days(365), min(v.started_at) + days(30)) END) AS due_at
  FROM vendor v
  LEFT JOIN vendor_review r ON r.vendor = v.id AND r.state = 'completed'
 WHERE v.state = 'active'
 GROUP BY v.id, v.name, v.owner, v.tier, v.subservice, v.personal_data, v.review_due_at
