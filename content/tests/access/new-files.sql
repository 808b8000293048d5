-- test:      access.new-files
-- version:   1
-- title:     New files cannot be read by everyone
-- kind:      state
-- subject:   setting
-- controls:  EP-01
-- severity:  low
-- needs:     setting max_age=26h
-- why:       What people and programs write should be private until they decide otherwise.
-- remedy:    Set "UMASK 027" in /etc/login.defs and add "session optional pam_umask.so" to
--            /etc/pam.d/common-session.
SELECT d.source, d.system, 'login.defs' AS component, 'UMASK' AS name,
       (s.value LIKE '%27' OR s.value LIKE '%37' OR s.value LIKE '%67' OR s.value LIKE '%77') AS ok,
       CASE WHEN s.value IS NULL THEN 'the setting could not be read'
            ELSE 'others can read new files' END AS reason,
       s.value AS observed,
       '027 or 077' AS expected
  FROM (SELECT DISTINCT system, source FROM setting WHERE component = 'login.defs') d
  LEFT JOIN setting s
    ON s.system = d.system AND s.source = d.source AND s.component = 'login.defs' AND s.name = 'UMASK'
