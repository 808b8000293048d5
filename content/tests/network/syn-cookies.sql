-- test:      network.syn-cookies
-- version:   1
-- title:     Floods of half-open connections cannot shut a machine off
-- kind:      state
-- subject:   setting
-- controls:  NW-07
-- severity:  medium
-- needs:     host max_age=26h
-- needs:     setting max_age=26h
-- why:       Without it a single cheap attacker can make a service unreachable.
-- remedy:    sysctl -w net.ipv4.tcp_syncookies=1; to keep it, write the line to
--            /etc/sysctl.d/60-hardening.conf.
SELECT h.source, h.system, 'sysctl' AS component, 'net.ipv4.tcp_syncookies' AS name,
       (s.number >= 1) AS ok,
       CASE WHEN s.number IS NULL THEN 'the running value could not be read' ELSE 'SYN cookies are off' END AS reason,
       CAST(s.number AS TEXT) AS observed,
       'at least 1' AS expected
  FROM host h
  LEFT JOIN setting s ON s.system = h.system AND s.component = 'sysctl' AND s.name = 'net.ipv4.tcp_syncookies'
 WHERE h.container IS NOT TRUE
