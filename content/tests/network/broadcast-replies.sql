-- test:      network.broadcast-replies
-- version:   1
-- title:     Machines do not answer pings to a whole network or act on bogus errors
-- kind:      state
-- subject:   setting
-- controls:  NW-07
-- severity:  low
-- needs:     host max_age=26h
-- needs:     setting max_age=26h
-- why:       Answers to broadcast pings let an outsider multiply an attack with our machines.
-- remedy:    sysctl -w net.ipv4.icmp_echo_ignore_broadcasts=1 net.ipv4.icmp_ignore_bogus_error_responses=1;
--            to keep it, write the line to /etc/sysctl.d/60-hardening.conf.
WITH wanted AS (
     SELECT 'net.ipv4.icmp_echo_ignore_broadcasts' AS parameter, 1 AS bound
     UNION ALL SELECT 'net.ipv4.icmp_ignore_bogus_error_responses', 1
)
SELECT h.source, h.system, 'sysctl' AS component, w.parameter AS name,
       (s.number = w.bound) AS ok,
       CASE WHEN s.number IS NULL THEN 'the running value could not be read'
            ELSE 'such packets are acted on' END AS reason,
       CAST(s.number AS TEXT) AS observed,
       CAST(w.bound AS TEXT) AS expected
  FROM host h
 CROSS JOIN wanted w
  LEFT JOIN setting s ON s.system = h.system AND s.component = 'sysctl' AND s.name = w.parameter
 WHERE h.container IS NOT TRUE
