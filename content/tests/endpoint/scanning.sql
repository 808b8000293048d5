-- test:      endpoint.scanning
-- version:   1
-- title:     Scanners for malicious software check files when opened or on a schedule
-- kind:      state
-- subject:   malware_protection
-- controls:  EP-02
-- severity:  medium
-- needs:     malware_protection max_age=26h
-- why:       A scanner that is never told to scan finds nothing.
-- remedy:    systemctl enable --now clamav-clamonacc; or a daily job in /etc/cron.d: 0 3 * * * root
--            clamscan --recursive --infected /home /srv.
SELECT source, system, tool,
       CASE tool WHEN 'maldet' THEN scheduled ELSE on_access OR scheduled END AS ok,
       CASE WHEN on_access IS NULL OR scheduled IS NULL THEN 'whether files are scanned could not be read in full'
            ELSE 'nothing makes it scan' END AS reason
  FROM malware_protection
 WHERE tool IN ('clamav', 'maldet')
