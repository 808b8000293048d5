-- test:      host.idle-modules
-- version:   1
-- title:     Kernel modules that hardly anyone needs cannot be loaded
-- kind:      state
-- subject:   setting
-- controls:  EP-04, EP-05
-- severity:  low
-- needs:     host max_age=26h
-- needs:     setting max_age=26h
-- needs:     kernel_security max_age=26h
-- why:       Old file systems and protocols load by themselves when asked for, and bring their old flaws
--            along.
-- remedy:    In /etc/modprobe.d/idle.conf write for each module one line such as "install dccp /bin/false"
--            and one "blacklist dccp".
WITH idle AS (
     SELECT 'dccp' AS module
     UNION ALL SELECT 'rds'
     UNION ALL SELECT 'tipc'
     UNION ALL SELECT 'cramfs'
     UNION ALL SELECT 'freevxfs'
     UNION ALL SELECT 'hfs'
     UNION ALL SELECT 'hfsplus'
     UNION ALL SELECT 'jffs2'
)
SELECT h.source, h.system, 'modprobe' AS component, 'install ' || m.module AS name,
       (CASE WHEN i.name IS NULL THEN FALSE
             ELSE i.value IN ('/bin/false', '/bin/true', '/usr/bin/false', '/usr/bin/true') END
        OR CASE WHEN b.name IS NULL THEN FALSE ELSE b.value = 'yes' END
        OR k.modules_disabled) AS ok,
       CASE WHEN i.name IS NULL AND b.name IS NULL THEN 'nothing keeps it from being loaded'
            WHEN i.value IS NULL AND b.value IS NULL THEN 'what the rule says could not be read'
            ELSE 'the rule does not keep it from being loaded' END AS reason,
       i.value AS observed,
       '/bin/false' AS expected
  FROM host h
 CROSS JOIN idle m
  LEFT JOIN setting i ON i.system = h.system AND i.component = 'modprobe' AND i.name = 'install ' || m.module
  LEFT JOIN setting b ON b.system = h.system AND b.component = 'modprobe' AND b.name = 'blacklist ' || m.module
  LEFT JOIN kernel_security k ON k.system = h.system
 WHERE h.container IS NOT TRUE
