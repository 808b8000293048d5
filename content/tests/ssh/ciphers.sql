-- test:      ssh.ciphers
-- version:   1
-- title:     SSH offers no weak cipher
-- kind:      state
-- subject:   setting
-- controls:  CR-05
-- severity:  high
-- needs:     setting max_age=26h
-- why:       Traffic under a weak cipher can be decrypted by someone who records it.
-- remedy:    Write "Ciphers
--            chacha20-poly1305@openssh.com,aes256-gcm@openssh.com,aes128-gcm@openssh.com,aes256-ctr,aes192-ctr,aes128-ctr"
--            into /etc/ssh/sshd_config.d/10-hardening.conf. Then: sshd -t && systemctl reload ssh.
SELECT d.source, d.system, 'sshd' AS component, 'ciphers' AS name,
       (s.value <> '' AND s.value NOT LIKE '%-cbc%' AND s.value NOT LIKE '%arcfour%' AND s.value NOT LIKE '%3des%'
        AND s.value NOT LIKE '%blowfish%' AND s.value NOT LIKE '%cast128%' AND s.value NOT LIKE '%none%') AS ok,
       CASE WHEN s.value IS NULL THEN 'the effective setting could not be read'
            ELSE 'a CBC, RC4, 3DES, Blowfish or CAST cipher is offered' END AS reason,
       s.value AS observed,
       'AES in CTR or GCM mode, ChaCha20' AS expected
  FROM (SELECT DISTINCT system, source FROM setting WHERE component = 'sshd') d
  LEFT JOIN setting s
    ON s.system = d.system AND s.source = d.source AND s.component = 'sshd' AND s.name = 'ciphers'
