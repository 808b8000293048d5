-- test:      logging.audit-identity
-- version:   1
-- title:     Every change to accounts, groups and rights is recorded
-- kind:      state
-- subject:   -
-- controls:  LG-01, LG-09
-- severity:  medium
-- needs:     host max_age=26h
-- needs:     audit_rule max_age=26h
-- why:       A new account or a new right is the most telling trace an intruder leaves.
-- remedy:    In /etc/audit/rules.d/50-identity.rules write one line for each file: -w /etc/passwd -p wa -k
--            identity; then augenrules --load.
WITH watched AS (
     SELECT '/etc/passwd' AS file
     UNION ALL SELECT '/etc/shadow'
     UNION ALL SELECT '/etc/group'
     UNION ALL SELECT '/etc/gshadow'
     UNION ALL SELECT '/etc/sudoers'
), known AS (
     SELECT h.source, h.system, w.file,
            max(CASE WHEN r.rule IS NULL THEN 0 WHEN r.loaded IS TRUE THEN 2 WHEN r.loaded IS NULL THEN 1
                     ELSE 0 END) AS level
       FROM host h
      CROSS JOIN watched w
       LEFT JOIN audit_rule r ON r.system = h.system
        AND (r.rule LIKE '-w ' || w.file || ' -p %' OR r.rule LIKE '-w /etc -p %' OR r.rule LIKE '-w /etc/ -p %'
             OR (r.rule LIKE '-a always,exit %' AND r.rule || ' ' LIKE '%-F path=' || w.file || ' %')
             OR (r.rule LIKE '-a always,exit %' AND r.rule || ' ' LIKE '%-F dir=/etc %'))
        AND (r.rule LIKE '% -p wa%' OR r.rule LIKE '% -p rwa%' OR r.rule LIKE '% -p wxa%' OR r.rule LIKE '% -p rwxa%'
             OR r.rule LIKE '%perm=wa%' OR r.rule LIKE '%perm=rwa%' OR r.rule LIKE '%perm=wxa%'
             OR r.rule LIKE '%perm=rwxa%')
        AND r.rule NOT LIKE '%success=%' AND r.rule NOT LIKE '%-F exe%' AND r.rule NOT LIKE '%-F uid%'
        AND r.rule NOT LIKE '%-F pid%' AND r.rule NOT LIKE '%-F auid=%'
      WHERE h.container IS NOT TRUE
      GROUP BY h.source, h.system, w.file
)
SELECT source, system || ' ' || file AS item,
       CASE level WHEN 2 THEN TRUE WHEN 0 THEN FALSE END AS ok,
       CASE level WHEN 1 THEN 'whether the rule is loaded could not be read'
                  ELSE 'no loaded rule records changes to ' || file END AS reason,
       '-w ' || file || ' -p wa' AS expected
  FROM known
