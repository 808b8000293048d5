-- test:      logging.audit-kernel
-- version:   1
-- title:     Loading of kernel modules and changes of the clock are recorded
-- kind:      state
-- subject:   -
-- controls:  LG-01
-- severity:  low
-- needs:     host max_age=26h
-- needs:     audit_rule max_age=26h
-- why:       Modules hide intruders and a moved clock spoils every other record.
-- remedy:    In /etc/audit/rules.d/50-kernel.rules write -a always,exit -F arch=b64 -S
--            init_module,finit_module,delete_module -k modules and the same with -S
--            adjtimex,settimeofday,clock_settime -k time; then augenrules --load.
WITH watched AS (
     SELECT 'init_module' AS call
     UNION ALL SELECT 'finit_module'
     UNION ALL SELECT 'delete_module'
     UNION ALL SELECT 'adjtimex'
     UNION ALL SELECT 'settimeofday'
     UNION ALL SELECT 'clock_settime'
), known AS (
     SELECT h.source, h.system, w.call,
            max(CASE WHEN r.rule IS NULL THEN 0 WHEN r.loaded IS TRUE THEN 2 WHEN r.loaded IS NULL THEN 1
                     ELSE 0 END) AS level
       FROM host h
      CROSS JOIN watched w
       LEFT JOIN audit_rule r ON r.system = h.system
        AND r.rule LIKE '-a always,exit %'
        AND replace(r.rule, ',', ' ') || ' ' LIKE '% ' || w.call || ' %'
        AND r.rule NOT LIKE '%success=%' AND r.rule NOT LIKE '%-F path%' AND r.rule NOT LIKE '%-F dir%'
        AND r.rule NOT LIKE '%-F exe%' AND r.rule NOT LIKE '%-F uid%' AND r.rule NOT LIKE '%-F pid%'
        AND r.rule NOT LIKE '%-F auid=%'
      WHERE h.container IS NOT TRUE
      GROUP BY h.source, h.system, w.call
)
SELECT source, system || ' ' || call AS item,
       CASE level WHEN 2 THEN TRUE WHEN 0 THEN FALSE END AS ok,
       CASE level WHEN 1 THEN 'whether the rule is loaded could not be read'
                  ELSE 'no loaded rule records the call ' || call END AS reason,
       '-a always,exit -F arch=b64 -S ' || call AS expected
  FROM known
