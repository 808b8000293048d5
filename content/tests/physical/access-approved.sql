-- test:      physical.access-approved
-- version:   1
-- title:     Badges and keys were given only after somebody else approved them
-- kind:      event
-- subject:   physical_access
-- controls:  PH-01
-- severity:  medium
-- needs:     physical_access
-- param:     window_days int = 190 guard >= 90
-- why:       Who hands himself a key needs no password.
-- remedy:    Take back what nobody approved: attest physical_access do remove ID.
SELECT a.source, a.id,
       coalesce(a.granted_at, as_of()) AS at,
       (a.approver <> a.requester AND a.approver <> a.person AND a.granted_at <= as_of()) AS ok,
       CASE WHEN a.approver IS NULL OR a.requester IS NULL THEN 'who asked for it or approved it is not known'
            WHEN (a.approver = a.person) IS TRUE THEN 'approved by the one who got it'
            WHEN (a.approver = a.requester) IS TRUE THEN 'approved by the one who asked'
            ELSE 'when it was given is not known' END AS reason,
       a.person || ': ' || a.kind || ' for ' || a.facility AS observed,
       a.approver AS owner
  FROM physical_access a
 WHERE a.state IN ('granted', 'removed') AND coalesce(a.granted_at, as_of()) >= as_of() - days(:window_days)
