-- test:      ssh.rhosts
-- version:   1
-- title:     SSH ignores the trust files in home directories
-- kind:      state
-- subject:   setting
-- controls:  AC-13
-- severity:  medium
-- needs:     setting max_age=26h
-- why:       Trust files let a user open the account to other machines without anyone noticing.
-- remedy:    Write "IgnoreRhosts yes" into /etc/ssh/sshd_config.d/10-hardening.conf. Then: sshd -t &&
--            systemctl reload ssh.
SELECT d.source, d.system, 'sshd' AS component, d.name,
       (lower(s.value) = 'yes') AS ok,
       CASE WHEN s.value IS NULL THEN 'the effective setting could not be read'
            ELSE '.rhosts and .shosts files are read' END AS reason,
       s.value AS observed,
       'yes' AS expected
  FROM (SELECT DISTINCT system, source, 'ignorerhosts' AS name
          FROM setting
         WHERE component = 'sshd'
         UNION
        SELECT system, source, name
          FROM setting
         WHERE component = 'sshd' AND name LIKE 'match %: ignorerhosts') d
  LEFT JOIN setting s
    ON s.system = d.system AND s.source = d.source AND s.component = 'sshd' AND s.name = d.name
