-- test:      ssh.login-grace
-- version:   1
-- title:     SSH drops connections that do not sign in
-- kind:      state
-- subject:   setting
-- controls:  AC-13
-- severity:  low
-- needs:     setting max_age=26h
-- param:     max_seconds int = 60 guard <= 120
-- why:       Connections that wait without signing in can be piled up until nobody else gets in.
-- remedy:    Write "LoginGraceTime 60" into /etc/ssh/sshd_config.d/10-hardening.conf. Then: sshd -t &&
--            systemctl reload ssh.
SELECT d.source, d.system, 'sshd' AS component, 'logingracetime' AS name,
       (s.number BETWEEN 1 AND :max_seconds) AS ok,
       CASE WHEN s.value IS NULL THEN 'the effective setting could not be read'
            ELSE 'connections may stay unauthenticated for long' END AS reason,
       s.value AS observed,
       '1 to ' || CAST(:max_seconds AS TEXT) || ' seconds' AS expected
  FROM (SELECT DISTINCT system, source FROM setting WHERE component = 'sshd') d
  LEFT JOIN setting s
    ON s.system = d.system AND s.source = d.source AND s.component = 'sshd' AND s.name = 'logingracetime'
