-- test:      ssh.dead-sessions
-- version:   1
-- title:     SSH drops sessions whose other end is gone
-- kind:      state
-- subject:   setting
-- controls:  AC-12
-- severity:  low
-- needs:     setting max_age=26h
-- param:     max_seconds int = 900 guard <= 1800
-- why:       A session left hanging after a lost connection stays signed in for whoever can take it
--            over.
-- remedy:    Write "ClientAliveInterval 300" and "ClientAliveCountMax 3" into
--            /etc/ssh/sshd_config.d/10-hardening.conf. Then: sshd -t && systemctl reload ssh.
SELECT d.source, d.system, 'sshd' AS component, 'clientaliveinterval' AS name,
       (d.wait_s > 0 AND d.tries > 0 AND d.wait_s * d.tries <= :max_seconds) AS ok,
       CASE WHEN d.wait_s IS NULL OR d.tries IS NULL THEN 'not every setting that decides this could be read'
            ELSE 'dead sessions stay open' END AS reason,
       'interval ' || coalesce(CAST(d.wait_s AS TEXT), '?') ||
       ', count ' || coalesce(CAST(d.tries AS TEXT), '?') AS observed,
       'interval times count from 1 to ' || CAST(:max_seconds AS TEXT) || ' seconds' AS expected
  FROM (SELECT system, source,
               max(CASE WHEN name = 'clientaliveinterval' THEN number END) AS wait_s,
               max(CASE WHEN name = 'clientalivecountmax' THEN number END) AS tries
          FROM setting
         WHERE component = 'sshd'
         GROUP BY system, source) d
