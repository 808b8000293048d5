-- test:      endpoint.signatures-fresh
-- version:   1
-- title:     Scanners for malicious software know the latest samples
-- kind:      state
-- subject:   malware_protection
-- controls:  EP-02
-- severity:  medium
-- needs:     malware_protection max_age=26h
-- param:     max_days int = 3 guard <= 14
-- why:       A scanner with old signatures misses what attackers use today.
-- remedy:    systemctl enable --now clamav-freshclam; freshclam; look for errors with journalctl -u
--            clamav-freshclam.
SELECT source, system, tool,
       (signatures_at >= as_of() - days(:max_days)) AS ok,
       CASE WHEN signatures_at IS NULL THEN 'the date of the signatures could not be read'
            ELSE 'the signatures are old' END AS reason,
       version AS observed,
       'not older than ' || CAST(:max_days AS TEXT) || ' days' AS expected
  FROM malware_protection
 WHERE tool IN ('clamav', 'maldet')
