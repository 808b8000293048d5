-- test:      patch.security-updates
-- version:   1
-- title:     No security update is waiting to be installed
-- kind:      state
-- subject:   host
-- controls:  VM-02
-- severity:  high
-- needs:     host max_age=26h
-- needs:     patch_state max_age=26h
-- param:     lists_max_days int = 2 guard <= 7
-- why:       Most break-ins use holes for which the fix was already out.
-- remedy:    apt-get update && apt-get upgrade; apt install unattended-upgrades keeps it so.
SELECT h.source, h.system,
       CASE WHEN (p.pending_security > 0) IS TRUE THEN FALSE
            ELSE p.pending_security = 0 AND nullif(p.security_source, FALSE)
                 AND nullif(p.lists_refreshed_at >= as_of() - days(:lists_max_days), FALSE) END AS ok,
       CASE WHEN (p.pending_security > 0) IS TRUE THEN 'security updates are waiting'
            WHEN p.pending_security IS NULL THEN 'the pending updates could not be read'
            WHEN p.security_source IS NOT TRUE THEN 'none is known of, but no security archive is asked'
            ELSE 'none is known of, but the package lists are old' END AS reason,
       CAST(p.pending_security AS TEXT) AS observed,
       '0, by package lists of the last days' AS expected
  FROM host h
  LEFT JOIN patch_state p ON p.system = h.system
