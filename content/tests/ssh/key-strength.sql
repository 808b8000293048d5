-- test:      ssh.key-strength
-- version:   1
-- title:     SSH keys are of a current type and size
-- kind:      state
-- subject:   ssh_key
-- controls:  AC-14
-- severity:  high
-- needs:     ssh_key max_age=26h
-- param:     min_rsa_bits int = 3072 guard >= 2048
-- why:       A weak key can be computed by others, who then sign in as its owner.
-- remedy:    Make a new key with ssh-keygen -t ed25519, add it to authorized_keys and remove the old
--            line.
SELECT source, system, login, fingerprint, path,
       (type IN ('ssh-ed25519', 'sk-ssh-ed25519@openssh.com', 'ecdsa-sha2-nistp256', 'ecdsa-sha2-nistp384',
                 'ecdsa-sha2-nistp521', 'sk-ecdsa-sha2-nistp256@openssh.com')
        OR (type = 'ssh-rsa' AND bits >= :min_rsa_bits)) AS ok,
       CASE WHEN type IS NULL OR bits IS NULL THEN 'type or size could not be read'
            WHEN (type = 'ssh-rsa') IS TRUE THEN 'the RSA key is too short'
            ELSE 'the key type is out of date or not known' END AS reason,
       coalesce(type, '?') || ' ' || coalesce(CAST(bits AS TEXT), '?') || ' bits, ' ||
       coalesce(comment, '') AS observed,
       'ed25519, ECDSA, or RSA of ' ||
       CAST(:min_rsa_bits AS TEXT) || ' bits' AS expected
  FROM ssh_key
