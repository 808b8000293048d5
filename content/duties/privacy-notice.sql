-- duty:     privacy-notice
-- title:    Review the privacy notice
-- why:      A notice that is not true is worse than none.
-- owner:    privacy_officer
-- lead:     30 days
-- escalate: 14 days
-- priority: medium
SELECT 'privacy_notice/' || id AS about, 'Review the notice "' || title || ' ' || version || '"' AS title, NULL AS owner,
       coalesce(reviewed_at, published_at) + days(365) AS due_at
  FROM privacy_notice
 WHERE state = 'published'
UNION ALL
SELECT NULL AS about, 'Publish a privacy notice' AS title, NULL AS owner, coalesce(g.decided_at, g.valid_from) + days(60) AS due_at
  FROM category g
 WHERE g.id = 'privacy' AND g.in_scope AND NOT EXISTS (SELECT 1 FROM privacy_notice n WHERE n.state = 'published')
