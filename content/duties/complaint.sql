-- duty:     complaint
-- title:    Answer the complaint
-- why:      Whoever is not answered asks the authority.
-- owner:    privacy_officer
-- lead:     60 days
-- escalate: 0 days
-- priority: high
SELECT 'complaint/' || id AS about, 'Answer the complaint "' || title || '"' AS title, owner, due_at
  FROM complaint
 WHERE state = 'received'
