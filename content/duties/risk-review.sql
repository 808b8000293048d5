-- duty:     risk-review
-- title:    Look at the risk
-- why:      A risk that nobody looked at for a quarter is a sentence, not a judgement.
-- owner:    security_officer
-- lead:     21 days
-- escalate: 14 days
-- priority: medium
SELECT 'risk/' || id AS about,
       CASE WHEN state = 'identified' THEN 'Give scores and an owner to "' ELSE 'Look at the risk "' END || title || '"' AS title, owner,
       CASE WHEN state = 'identified' THEN valid_from + days(30) ELSE least(review_due_at, coalesce(reviewed_at, valid_from) + days(92)) END AS due_at
  FROM risk
 WHERE state <> 'closed'
