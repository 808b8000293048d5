-- test:      endpoint.file-watch
-- version:   1
-- title:     On every machine a tool watches system files for changes
-- kind:      state
-- subject:   host
-- controls:  EP-06
-- severity:  medium
-- needs:     host max_age=26h
-- needs:     malware_protection max_age=26h
-- why:       A replaced program or a changed configuration is often the only trace of a break-in.
-- remedy:    apt install aide; aideinit; mv /var/lib/aide/aide.db.new /var/lib/aide/aide.db; the daily
--            check comes with the package (dailyaidecheck.timer).
WITH known AS (
     SELECT h.system,
            max(CASE WHEN (m.running OR m.scheduled) IS TRUE THEN 2
                     WHEN m.tool IS NOT NULL AND (m.running OR m.scheduled) IS NULL THEN 1
                     ELSE 0 END) AS level,
            count(m.tool) AS tools
       FROM host h
       LEFT JOIN malware_protection m ON m.system = h.system
        AND m.tool IN ('aide', 'osquery', 'tripwire', 'samhain', 'wazuh')
      WHERE h.container IS NOT TRUE
      GROUP BY h.system
)
SELECT system,
       CASE level WHEN 2 THEN TRUE WHEN 0 THEN FALSE END AS ok,
       CASE WHEN level = 1 THEN 'whether the tool runs could not be read'
            WHEN tools = 0 THEN 'no such tool is installed'
            ELSE 'the tool is installed but neither runs nor is scheduled' END AS reason,
       CAST(tools AS TEXT) || ' tools' AS observed
  FROM known
