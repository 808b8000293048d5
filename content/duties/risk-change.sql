-- duty:     risk-change
-- title:    Assess the change
-- why:      A new product or a merger brings risks that no yearly look foresaw.
-- owner:    security_officer
-- lead:     30 days
-- escalate: 7 days
-- priority: medium
SELECT 'risk_assessment/' || id AS about,
       CASE WHEN state = 'finished' THEN 'Have approved: ' ELSE 'Finish: ' END || title AS title, lead AS owner,
       CASE WHEN state = 'finished' THEN finished_at + days(30) ELSE coalesce(change_started_at, started_at) + days(30) END AS due_at
  FROM risk_assessment
 WHERE kind = 'change' AND state IN ('in_progress', 'finished')
