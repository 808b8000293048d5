-- test:      ssh.key-exchange
-- version:   1
-- title:     SSH agrees on keys without SHA-1 or small groups
-- kind:      state
-- subject:   setting
-- controls:  CR-05
-- severity:  high
-- needs:     setting max_age=26h
-- why:       A weak key exchange gives the session key to someone with enough computers.
-- remedy:    Write "KexAlgorithms
--            sntrup761x25519-sha512@openssh.com,curve25519-sha256,curve25519-sha256@libssh.org,diffie-hellman-group16-sha512,diffie-hellman-group18-sha512"
--            into /etc/ssh/sshd_config.d/10-hardening.conf. Then: sshd -t && systemctl reload ssh.
SELECT d.source, d.system, 'sshd' AS component, 'kexalgorithms' AS name,
       (s.value <> '' AND s.value NOT LIKE '%sha1%') AS ok,
       CASE WHEN s.value IS NULL THEN 'the effective setting could not be read'
            ELSE 'a key exchange with SHA-1 is offered' END AS reason,
       s.value AS observed,
       'curve25519, ECDH or groups of 2048 bits and more, with SHA-2' AS expected
  FROM (SELECT DISTINCT system, source FROM setting WHERE component = 'sshd') d
  LEFT JOIN setting s
    ON s.system = d.system AND s.source = d.source AND s.component = 'sshd' AND s.name = 'kexalgorithms'
