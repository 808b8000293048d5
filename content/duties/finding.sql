-- duty:     finding
-- title:    Correct what was found
-- why:      A finding that stands for long is a decision that nobody took.
-- owner:    compliance_lead
-- lead:     30 days
-- escalate: 7 days
-- priority: high
SELECT 'finding/' || id AS about,
       CASE state WHEN 'fixed' THEN 'See that it works, and close: ' WHEN 'accepted' THEN 'Correct, or accept anew: ' ELSE 'Correct: ' END || title AS title,
       CASE WHEN state <> 'fixed' THEN owner END AS owner,
       CASE state WHEN 'fixed' THEN coalesce(fixed_at, valid_from) + days(30) WHEN 'accepted' THEN accepted_until ELSE due_at END AS due_at
  FROM finding
 WHERE state IN ('open', 'in_progress', 'fixed', 'accepted')
