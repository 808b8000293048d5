-- test:      ssh.empty-passwords
-- version:   1
-- title:     SSH refuses empty passwords
-- kind:      state
-- subject:   setting
-- controls:  AC-19, AC-13
-- severity:  critical
-- needs:     setting max_age=26h
-- why:       An account without a password would be open to the whole network.
-- remedy:    Write "PermitEmptyPasswords no" into /etc/ssh/sshd_config.d/10-hardening.conf. Then: sshd
--            -t && systemctl reload ssh.
SELECT d.source, d.system, 'sshd' AS component, d.name,
       (lower(s.value) = 'no') AS ok,
       CASE WHEN s.value IS NULL THEN 'the effective setting could not be read'
            ELSE 'an empty password is accepted' END AS reason,
       s.value AS observed,
       'no' AS expected
  FROM (SELECT DISTINCT system, source, 'permitemptypasswords' AS name
          FROM setting
         WHERE component = 'sshd'
         UNION
        SELECT system, source, name
          FROM setting
         WHERE component = 'sshd' AND name LIKE 'match %: permitemptypasswords') d
  LEFT JOIN setting s
    ON s.system = d.system AND s.source = d.source AND s.component = 'sshd' AND s.name = d.name
