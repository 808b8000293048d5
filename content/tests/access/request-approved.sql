-- test:      access.request-approved
-- version:   1
-- title:     Access was granted only after somebody else approved it
-- kind:      event
-- subject:   access_request
-- controls:  AC-02
-- severity:  high
-- needs:     access_request
-- param:     window_days int = 100 guard >= 30
-- why:       Who can give access to himself, or give it before anyone agreed, decides alone who may do what.
-- remedy:    Revoke what was granted without approval and ask for it anew: attest access_request do revoke ID.
SELECT r.source, r.id,
       coalesce(r.granted_at, as_of()) AS at,
       (r.approver <> r.requester AND r.approver <> r.person AND r.approved_at <= r.granted_at) AS ok,
       CASE WHEN r.approver IS NULL THEN 'who approved it is not known'
            WHEN (r.approver = r.person) IS TRUE THEN 'approved by the one who got it'
            WHEN (r.approver = r.requester) IS TRUE THEN 'approved by the one who asked'
            WHEN r.approved_at IS NULL OR r.granted_at IS NULL OR r.requester IS NULL
            THEN 'when it was approved or granted, or who asked, is not known'
            ELSE 'granted before it was approved' END AS reason,
       r.person || ': ' || r.entitlement || ' on ' || r.system AS observed,
       r.approver AS owner
  FROM access_request r
 WHERE r.state IN ('granted', 'revoked')
   AND coalesce(r.granted_at, as_of()) >= as_of() - days(:window_days)
