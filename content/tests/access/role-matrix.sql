-- test:      access.role-matrix
-- version:   1
-- title:     People hold only rights that their present role has
-- kind:      state
-- subject:   access_request
-- controls:  AC-07
-- severity:  high
-- needs:     access_request
-- needs:     person
-- needs:     role_entitlement
-- param:     grace_days int = 7 guard <= 30
-- why:       People who change departments keep the keys of the old one unless each right is held against the new role.
-- remedy:    Revoke what the role does not need. What it does need belongs into the matrix: attest role_entitlement
--            add job_role=R system=S entitlement=E. One person's exception is a temporary request.
WITH fitting AS (
     SELECT r.id AS of_id, count(e.id) AS lines
       FROM access_request r
       JOIN person p ON p.id = r.person
       LEFT JOIN role_entitlement e
         ON e.system = r.system AND e.entitlement = r.entitlement AND e.state = 'approved'
        AND e.job_role = coalesce(p.job_title, '') AND (e.privileged OR NOT r.privileged)
      GROUP BY r.id
)
SELECT r.source, r.id,
       CASE WHEN f.lines > 0 OR (r.temporary AND r.expires_at > as_of()) IS TRUE
              OR (p.moved_at > as_of() - days(:grace_days)) IS TRUE THEN TRUE
            WHEN p.job_title IS NULL OR (r.temporary AND r.expires_at IS NULL) THEN NULL
            ELSE FALSE END AS ok,
       CASE WHEN p.job_title IS NULL THEN 'which role the holder has is not known'
            WHEN r.temporary AND r.expires_at IS NULL THEN 'until when it holds is not known'
            ELSE 'the matrix gives this right to no role of the holder' END AS reason,
       p.name || ' (' || coalesce(p.job_title, '?') || '): ' || r.entitlement || ' on ' || r.system AS observed,
       r.person AS owner
  FROM access_request r
  JOIN person p ON p.id = r.person
  JOIN fitting f ON f.of_id = r.id
 WHERE r.state = 'granted'
