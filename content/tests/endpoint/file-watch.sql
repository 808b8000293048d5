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
WITH tool_state AS (
     SELECT system, tool, CASE WHEN tool IN ('aide', 'tripwire') THEN scheduled ELSE running END AS works
       FROM malware_protection
      WHERE tool IN ('aide', 'osquery', 'samhain', 'tripwire', 'wazuh')
), known AS (
     SELECT h.source, h.system,
            max(CASE WHEN t.works IS TRUE THEN 2 WHEN t.tool IS NOT NULL AND t.works IS NULL THEN 1
                     ELSE 0 END) AS level,
            count(t.tool) AS tools
       FROM host h
       LEFT JOIN tool_state t ON t.system = h.system
      WHERE h.container IS NOT TRUE
      GROUP BY h.source, h.system
)
SELECT source, system,
       CASE level WHEN 2 THEN TRUE WHEN 0 THEN FALSE END AS ok,
       CASE WHEN level = 1 THEN 'whether the tool works could not be read'
            WHEN tools = 0 THEN 'no such tool is installed'
            ELSE 'the tool is installed but neither runs nor is scheduled' END AS reason,
       CAST(tools AS TEXT) || ' tools' AS observed
  FROM known
