-- duty:     breach
-- title:    Decide whom to tell of the breach, and tell them
-- why:      People cannot protect themselves from what they do not know of.
-- owner:    privacy_officer
-- lead:     60 days
-- escalate: 0 days
-- priority: critical
SELECT 'breach/' || id AS about, 'Decide whom to tell of "' || title || '"' AS title, owner, authority_due_at AS due_at
  FROM breach
 WHERE state = 'detected'
UNION ALL
SELECT 'breach/' || id AS about, 'Tell the authority of "' || title || '"' AS title, owner, authority_due_at AS due_at
  FROM breach
 WHERE state = 'decided' AND notify_authority AND notified_at IS NULL
UNION ALL
SELECT 'breach/' || id AS about, 'Tell the people concerned of "' || title || '"' AS title, owner, people_due_at AS due_at
  FROM breach
 WHERE state = 'decided' AND notify_people AND people_notified_at IS NULL
UNION ALL
SELECT 'breach/' || id AS about, 'Finish the record of "' || title || '": facts, effects, measures, people' AS title, owner, detected_at + days(30) AS due_at
  FROM breach
 WHERE state <> 'closed' AND (facts IS NULL OR effects IS NULL OR measures IS NULL OR people_affected IS NULL)
