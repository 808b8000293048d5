-- duty:     policy-accept
-- title:    Read and accept the policy
-- why:      A rule nobody has read cannot be held against anyone.
-- owner:    people_lead
-- lead:     30 days
-- escalate: 7 days
-- priority: medium
SELECT 'policy_version/' || v.id AS about, pe.name || ': read and accept "' || po.title || '"' AS title, pe.id AS owner,
       coalesce(a.latest_at + days(365),
                CASE WHEN pe.starts_at > v.published_at THEN pe.starts_at + days(7) ELSE v.published_at + days(30) END) AS due_at
  FROM policy po
  JOIN policy_version v ON v.policy = po.id AND v.state = 'published'
  JOIN person pe ON pe.state = 'active' AND pe.kind IS DISTINCT FROM 'director'
  LEFT JOIN (SELECT person AS who, policy_version AS text_id, digest AS text_digest, max(accepted_at) AS latest_at
               FROM acceptance
              WHERE state = 'accepted'
              GROUP BY person, policy_version, digest) a
    ON a.who = pe.id AND a.text_id = v.id AND a.text_digest = v.digest
 WHERE po.state = 'active' AND po.acceptance_required
   AND (po.addressees = 'everyone'
        OR (po.addressees = 'employees' AND pe.kind IS DISTINCT FROM 'contractor')
        OR (po.addressees = 'technical' AND pe.technical IS NOT FALSE)
        OR (po.addressees = 'management'
            AND EXISTS (SELECT 1 FROM role_assignment r WHERE r.person = pe.id AND r.state = 'active')))
