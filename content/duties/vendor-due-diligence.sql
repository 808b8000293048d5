-- duty:     vendor-due-diligence
-- title:    Assess the new vendor before it is used
-- why:      Leaving a vendor is harder than not beginning with it.
-- owner:    compliance_lead
-- lead:     30 days
-- escalate: 14 days
-- priority: medium
SELECT 'vendor/' || v.id AS about,
       CASE WHEN EXISTS (SELECT 1 FROM due_diligence d WHERE d.vendor = v.id AND d.state = 'submitted')
            THEN 'Decide on the assessment of ' ELSE 'Assess, before it is used: ' END || v.name AS title, v.owner, v.valid_from + days(30) AS due_at
  FROM vendor v
 WHERE v.state = 'prospective' AND NOT EXISTS (SELECT 1 FROM due_diligence d WHERE d.vendor = v.id AND d.state IN ('approved', 'rejected'))
