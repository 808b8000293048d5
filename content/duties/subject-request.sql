-- duty:     subject-request
-- title:    Answer the person's request
-- why:      The clock is the law's, and it began when the person asked.
-- owner:    privacy_officer
-- lead:     120 days
-- escalate: 0 days
-- priority: high
SELECT 'subject_request/' || id AS about, 'Answer the request ' || id || ' (' || kind || ')' AS title, owner, coalesce(extended_due_at, due_at) AS due_at
  FROM subject_request
 WHERE state IN ('received', 'verified', 'extended')
UNION ALL
SELECT 'subject_request/' || id AS about, 'See that the data is gone everywhere: ' || id AS title, NULL AS owner, answered_at + days(14) AS due_at
  FROM subject_request
 WHERE state = 'answered' AND kind = 'deletion' AND confirmed_at IS NULL
