-- test:      ssh.macs
-- version:   1
-- title:     SSH offers no weak message code
-- kind:      state
-- subject:   setting
-- controls:  CR-05
-- severity:  medium
-- needs:     setting max_age=26h
-- why:       A short or broken message code lets someone on the way change the traffic.
-- remedy:    Write "MACs
--            hmac-sha2-512-etm@openssh.com,hmac-sha2-256-etm@openssh.com,umac-128-etm@openssh.com,hmac-sha2-512,hmac-sha2-256"
--            into /etc/ssh/sshd_config.d/10-hardening.conf. Then: sshd -t && systemctl reload ssh.
SELECT d.source, d.system, 'sshd' AS component, 'macs' AS name,
       (s.value <> '' AND s.value NOT LIKE '%md5%' AND s.value NOT LIKE '%sha1-96%' AND s.value NOT LIKE '%ripemd%'
        AND s.value NOT LIKE '%umac-64%' AND s.value NOT LIKE '%none%') AS ok,
       CASE WHEN s.value IS NULL THEN 'the effective setting could not be read'
            ELSE 'a code built on MD5 or RIPEMD, or of 64 or 96 bits, is offered' END AS reason,
       s.value AS observed,
       'SHA-2 or umac-128' AS expected
  FROM (SELECT DISTINCT system, source FROM setting WHERE component = 'sshd') d
  LEFT JOIN setting s
    ON s.system = d.system AND s.source = d.source AND s.component = 'sshd' AND s.name = 'macs'
