-- test:      crypto.certificate-renewal
-- version:   1
-- title:     Certificates are renewed well before they expire
-- kind:      state
-- subject:   certificate
-- controls:  CR-02
-- severity:  medium
-- needs:     certificate max_age=26h
-- param:     min_days int = 21 guard >= 7
-- why:       Renewal that is left to the last day fails on a weekend, and the service with it.
-- remedy:    certbot renew (its timer renews 30 days before the end: systemctl status certbot.timer); for
--            others ask the issuer now.
SELECT source, system, path, position,
       (valid_until_at >= as_of() + days(:min_days)) AS ok,
       CASE WHEN valid_until_at IS NULL THEN 'its end could not be read'
            ELSE 'it ends soon, or has ended' END AS reason,
       subject AS observed,
       'valid for ' || CAST(:min_days AS TEXT) || ' more days' AS expected,
       used_by AS owner
  FROM certificate
 WHERE position = 1
