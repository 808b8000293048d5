-- test:      endpoint.scanning
-- version:   1
-- title:     Files are checked for malicious software when opened or on a schedule
-- kind:      state
-- subject:   malware_protection
-- controls:  EP-02
-- severity:  medium
-- needs:     malware_protection max_age=26h
-- why:       A scanner that is never told to scan finds nothing.
-- remedy:    systemctl enable --now clamav-clamonacc; or a daily job in /etc/cron.d: 0 3 * * * root
--            clamdscan --multiscan --fdpass /home /srv.
SELECT system, tool,
       (on_access OR scheduled) AS ok,
       CASE WHEN (on_access OR scheduled) IS NULL THEN 'whether files are scanned could not be read'
            ELSE 'nothing makes it scan' END AS reason
  FROM malware_protection
 WHERE tool NOT IN ('aide', 'osquery', 'rkhunter', 'chkrootkit', 'tripwire', 'samhain', 'wazuh')
