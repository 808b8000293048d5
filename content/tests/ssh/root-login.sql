-- test:      ssh.root-login
-- version:   1
-- title:     Root cannot sign in over SSH
-- kind:      state
-- subject:   setting
-- controls:  AC-13, AC-01
-- severity:  high
-- needs:     setting max_age=26h
-- why:       When root signs in directly, nobody can tell which person did it.
-- remedy:    Give administrators sudo, then write "PermitRootLogin no" into
--            /etc/ssh/sshd_config.d/10-hardening.conf. Then: sshd -t && systemctl reload ssh.
SELECT d.source, d.system, 'sshd' AS component, d.name,
       (lower(s.value) IN ('no', 'forced-commands-only')) AS ok,
       CASE WHEN s.value IS NULL THEN 'the effective setting could not be read'
            ELSE 'root may sign in directly' END AS reason,
       s.value AS observed,
       'no' AS expected
  FROM (SELECT DISTINCT system, source, 'permitrootlogin' AS name
          FROM setting
         WHERE component = 'sshd'
         UNION
        SELECT system, source, name
          FROM setting
         WHERE component = 'sshd' AND name LIKE 'match %: permitrootlogin') d
  LEFT JOIN setting s
    ON s.system = d.system AND s.source = d.source AND s.component = 'sshd' AND s.name = d.name
