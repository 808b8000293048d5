-- test:      ssh.x11-forwarding
-- version:   1
-- title:     SSH does not forward graphical sessions
-- kind:      state
-- subject:   setting
-- controls:  AC-13
-- severity:  low
-- needs:     setting max_age=26h
-- why:       A forwarded display lets a hostile server read the keyboard of whoever signs in.
-- remedy:    Write "X11Forwarding no" into /etc/ssh/sshd_config.d/10-hardening.conf. Then: sshd -t &&
--            systemctl reload ssh.
SELECT d.source, d.system, 'sshd' AS component, d.name,
       (lower(s.value) = 'no') AS ok,
       CASE WHEN s.value IS NULL THEN 'the effective setting could not be read'
            ELSE 'X11 forwarding is on' END AS reason,
       s.value AS observed,
       'no' AS expected
  FROM (SELECT DISTINCT system, source, 'x11forwarding' AS name
          FROM setting
         WHERE component = 'sshd'
         UNION
        SELECT system, source, name
          FROM setting
         WHERE component = 'sshd' AND name LIKE 'match %: x11forwarding') d
  LEFT JOIN setting s
    ON s.system = d.system AND s.source = d.source AND s.component = 'sshd' AND s.name = d.name
