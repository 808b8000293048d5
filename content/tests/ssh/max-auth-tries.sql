-- test:      ssh.max-auth-tries
-- version:   1
-- title:     SSH allows only a few attempts in one connection
-- kind:      state
-- subject:   setting
-- controls:  AC-11, AC-13
-- severity:  low
-- needs:     setting max_age=26h
-- param:     max_tries int = 4 guard <= 6
-- why:       Few attempts in each connection make guessing slow and visible in the log.
-- remedy:    Write "MaxAuthTries 4" into /etc/ssh/sshd_config.d/10-hardening.conf. Then: sshd -t &&
--            systemctl reload ssh.
SELECT d.source, d.system, 'sshd' AS component, d.name,
       (s.number BETWEEN 1 AND :max_tries) AS ok,
       CASE WHEN s.value IS NULL THEN 'the effective setting could not be read'
            ELSE 'too many attempts in one connection' END AS reason,
       s.value AS observed,
       '1 to ' || CAST(:max_tries AS TEXT) AS expected
  FROM (SELECT DISTINCT system, source, 'maxauthtries' AS name
          FROM setting
         WHERE component = 'sshd'
         UNION
        SELECT system, source, name
          FROM setting
         WHERE component = 'sshd' AND name LIKE 'match %: maxauthtries') d
  LEFT JOIN setting s
    ON s.system = d.system AND s.source = d.source AND s.component = 'sshd' AND s.name = d.name
