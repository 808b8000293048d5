-- test:      ssh.log-level
-- version:   1
-- title:     SSH logs sign-ins with the key that was used
-- kind:      state
-- subject:   setting
-- controls:  LG-09
-- severity:  medium
-- needs:     setting max_age=26h
-- why:       Without a record of who came in with which key, misuse cannot be traced to a person.
-- remedy:    Write "LogLevel VERBOSE" into /etc/ssh/sshd_config.d/10-hardening.conf. Then: sshd -t &&
--            systemctl reload ssh.
SELECT d.source, d.system, 'sshd' AS component, d.name,
       (upper(s.value) IN ('INFO', 'VERBOSE')) AS ok,
       CASE WHEN s.value IS NULL THEN 'the effective setting could not be read'
            ELSE 'the level hides sign-ins or writes private details' END AS reason,
       s.value AS observed,
       'INFO or VERBOSE' AS expected
  FROM (SELECT DISTINCT system, source, 'loglevel' AS name
          FROM setting
         WHERE component = 'sshd'
         UNION
        SELECT system, source, name
          FROM setting
         WHERE component = 'sshd' AND name LIKE 'match %: loglevel') d
  LEFT JOIN setting s
    ON s.system = d.system AND s.source = d.source AND s.component = 'sshd' AND s.name = d.name
