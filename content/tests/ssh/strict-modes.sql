-- test:      ssh.strict-modes
-- version:   1
-- title:     SSH ignores key files that others can write
-- kind:      state
-- subject:   setting
-- controls:  AC-14
-- severity:  high
-- needs:     setting max_age=26h
-- why:       Whoever can write the key file of an account can sign in as that account.
-- remedy:    Write "StrictModes yes" into /etc/ssh/sshd_config.d/10-hardening.conf. Then: sshd -t &&
--            systemctl reload ssh.
SELECT d.source, d.system, 'sshd' AS component, 'strictmodes' AS name,
       (s.value = 'yes') AS ok,
       CASE WHEN s.value IS NULL THEN 'the effective setting could not be read'
            ELSE 'key files are trusted whoever can write them' END AS reason,
       s.value AS observed,
       'yes' AS expected
  FROM (SELECT DISTINCT system, source FROM setting WHERE component = 'sshd') d
  LEFT JOIN setting s
    ON s.system = d.system AND s.source = d.source AND s.component = 'sshd' AND s.name = 'strictmodes'
