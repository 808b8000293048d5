-- test:      ssh.pam
-- version:   1
-- title:     SSH goes through the rules for accounts and passwords
-- kind:      state
-- subject:   setting
-- controls:  AC-11
-- severity:  medium
-- needs:     setting max_age=26h
-- why:       Lockout, expiry and second factors are enforced by PAM; without it SSH passes them by.
-- remedy:    Write "UsePAM yes" into /etc/ssh/sshd_config.d/10-hardening.conf. Then: sshd -t &&
--            systemctl reload ssh.
SELECT d.source, d.system, 'sshd' AS component, 'usepam' AS name,
       (s.value = 'yes') AS ok,
       CASE WHEN s.value IS NULL THEN 'the effective setting could not be read'
            ELSE 'PAM is not used, so lockout and expiry have no effect' END AS reason,
       s.value AS observed,
       'yes' AS expected
  FROM (SELECT DISTINCT system, source FROM setting WHERE component = 'sshd') d
  LEFT JOIN setting s
    ON s.system = d.system AND s.source = d.source AND s.component = 'sshd' AND s.name = 'usepam'
