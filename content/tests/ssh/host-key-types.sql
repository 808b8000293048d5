-- test:      ssh.host-key-types
-- version:   1
-- title:     SSH proves itself without DSA or SHA-1
-- kind:      state
-- subject:   setting
-- controls:  CR-05
-- severity:  medium
-- needs:     setting max_age=26h
-- why:       A server that proves itself with SHA-1 can be impersonated.
-- remedy:    Write "HostKeyAlgorithms ssh-ed25519,rsa-sha2-512,rsa-sha2-256" into
--            /etc/ssh/sshd_config.d/10-hardening.conf. Then: sshd -t && systemctl reload ssh.
SELECT d.source, d.system, 'sshd' AS component, 'hostkeyalgorithms' AS name,
       (s.value <> '' AND ',' || s.value NOT LIKE '%,ssh-rsa%' AND ',' || s.value NOT LIKE '%,ssh-dss%') AS ok,
       CASE WHEN s.value IS NULL THEN 'the effective setting could not be read'
            ELSE 'ssh-dss, or ssh-rsa with SHA-1, is offered' END AS reason,
       s.value AS observed,
       'ed25519, ECDSA or RSA with SHA-2' AS expected
  FROM (SELECT DISTINCT system, source FROM setting WHERE component = 'sshd') d
  LEFT JOIN setting s
    ON s.system = d.system AND s.source = d.source AND s.component = 'sshd' AND s.name = 'hostkeyalgorithms'
