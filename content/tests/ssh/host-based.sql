-- test:      ssh.host-based
-- version:   1
-- title:     SSH does not trust other machines in place of users
-- kind:      state
-- subject:   setting
-- controls:  AC-13
-- severity:  high
-- needs:     setting max_age=26h
-- why:       A break-in on one machine would open every machine that trusts it.
-- remedy:    Write "HostbasedAuthentication no" into /etc/ssh/sshd_config.d/10-hardening.conf. Then:
--            sshd -t && systemctl reload ssh.
SELECT d.source, d.system, 'sshd' AS component, d.name,
       (lower(s.value) = 'no') AS ok,
       CASE WHEN s.value IS NULL THEN 'the effective setting could not be read'
            ELSE 'whole machines are trusted' END AS reason,
       s.value AS observed,
       'no' AS expected
  FROM (SELECT DISTINCT system, source, 'hostbasedauthentication' AS name
          FROM setting
         WHERE component = 'sshd'
         UNION
        SELECT system, source, name
          FROM setting
         WHERE component = 'sshd' AND name LIKE 'match %: hostbasedauthentication') d
  LEFT JOIN setting s
    ON s.system = d.system AND s.source = d.source AND s.component = 'sshd' AND s.name = d.name
