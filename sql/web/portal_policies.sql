-- The versions of policies a person still has to accept: as the duty policy-accept asks, and what was asked by hand.
SELECT v.id, po.title, v.version, q.due_at
  FROM policy_version v
  JOIN policy po ON po.id = v.policy
  JOIN person pe ON pe.id = {person}
  LEFT JOIN (SELECT a.policy_version AS text_id, min(a.due_at) AS due_at, count(a.id) AS n
               FROM acceptance a
              WHERE a.person = {person} AND a.state = 'asked'
              GROUP BY a.policy_version) q
    ON q.text_id = v.id
 WHERE v.state = 'published'
   AND NOT EXISTS (SELECT 1 FROM acceptance d
                    WHERE d.person = {person} AND d.policy_version = v.id AND d.state = 'accepted' AND d.digest = v.digest)
   AND (coalesce(q.n, 0) > 0
        OR (po.state = 'active' AND po.acceptance_required AND pe.kind IS DISTINCT FROM 'director'
            AND (po.addressees = 'everyone'
                 OR (po.addressees = 'employees' AND pe.kind IS DISTINCT FROM 'contractor')
                 OR (po.addressees = 'technical' AND pe.technical IS NOT FALSE)
                 OR (po.addressees = 'management'
                     AND EXISTS (SELECT 1 FROM role_assignment r WHERE r.person = pe.id AND r.state = 'active')))))
 ORDER BY po.title, v.id
 LIMIT 100
