-- test:      ssh.tunnel
-- version:   1
-- title:     SSH does not bridge networks
-- kind:      state
-- subject:   setting
-- controls:  AC-13
-- severity:  medium
-- needs:     setting max_age=26h
-- why:       A tunnel device connects two networks past every firewall between them.
-- remedy:    Write "PermitTunnel no" into /etc/ssh/sshd_config.d/10-hardening.conf. Then: sshd -t &&
--            systemctl reload ssh.
SELECT d.source, d.system, 'sshd' AS component, d.name,
       (lower(s.value) = 'no') AS ok,
       CASE WHEN s.value IS NULL THEN 'the effective setting could not be read'
            ELSE 'tunnel devices are allowed' END AS reason,
       s.value AS observed,
       'no' AS expected
  FROM (SELECT DISTINCT system, source, 'permittunnel' AS name
          FROM setting
         WHERE component = 'sshd'
         UNION
        SELECT system, source, name
          FROM setting
         WHERE component = 'sshd' AND name LIKE 'match %: permittunnel') d
  LEFT JOIN setting s
    ON s.system = d.system AND s.source = d.source AND s.component = 'sshd' AND s.name = d.name
