-- test:      access.temporary-ended
-- version:   1
-- title:     Temporary access was taken away when its time was up
-- kind:      state
-- subject:   access_request
-- controls:  AC-02, AC-18
-- severity:  high
-- needs:     access_request
-- param:     max_days int = 190 guard <= 380
-- why:       Access for a day that stays for a year is access nobody approved.
-- remedy:    Take the access away in the system, then: attest access_request do revoke ID.
SELECT r.source, r.id,
       (r.expires_at > as_of() AND r.expires_at <= as_of() + days(:max_days)) AS ok,
       CASE WHEN r.expires_at IS NULL THEN 'when it ends is not known'
            WHEN (r.expires_at > as_of()) IS TRUE THEN 'its end is too far away to call it temporary'
            ELSE 'its time is up and it is still granted' END AS reason,
       r.person || ': ' || r.entitlement || ' on ' || r.system AS observed,
       r.person AS owner
  FROM access_request r
 WHERE r.state = 'granted' AND r.temporary
