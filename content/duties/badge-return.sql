-- duty:     badge-return
-- title:    Take the badge or key back
-- why:      A badge works until it is switched off, and its holder knows the house.
-- owner:    it_lead
-- lead:     7 days
-- escalate: 1 day
-- priority: high
SELECT 'physical_access/' || a.id AS about, 'Take back the ' || a.kind || ' of ' || p.name AS title,
       CASE WHEN p.state = 'left' THEN coalesce(p.ends_at, p.left_at)
            ELSE least(coalesce(a.expires_at, p.ends_at), coalesce(p.ends_at, a.expires_at)) END AS due_at
  FROM physical_access a
  JOIN person p ON p.id = a.person
 WHERE a.state = 'granted' AND (p.state = 'left' OR p.ends_at IS NOT NULL OR a.expires_at IS NOT NULL)
