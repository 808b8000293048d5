-- test:      access.matrix-approved
-- version:   1
-- title:     Each line of the role matrix was approved by another this year
-- kind:      state
-- subject:   role_entitlement
-- controls:  AC-07
-- severity:  medium
-- needs:     role_entitlement
-- param:     max_days int = 380 guard <= 400
-- why:       A matrix nobody has looked at since it was written gives rights to roles that have changed.
-- remedy:    attest role_entitlement do approve ID, by somebody who did not propose the line; or do withdraw ID.
SELECT e.source, e.id,
       CASE WHEN e.state = 'proposed' THEN FALSE
            ELSE (e.approver <> e.author AND e.approved_at >= as_of() - days(:max_days)) END AS ok,
       CASE WHEN e.state = 'proposed' THEN 'proposed and not approved'
            WHEN e.approver IS NULL OR e.author IS NULL OR e.approved_at IS NULL THEN 'who approved it, or when, is not known'
            WHEN (e.approver = e.author) IS TRUE THEN 'approved by its author'
            ELSE 'approved too long ago' END AS reason,
       e.job_role || ': ' || e.entitlement || ' on ' || e.system AS observed,
       e.approver AS owner
  FROM role_entitlement e
 WHERE e.state <> 'withdrawn'
