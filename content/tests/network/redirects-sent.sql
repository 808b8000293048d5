-- test:      network.redirects-sent
-- version:   1
-- title:     Machines tell no others to change their routes
-- kind:      state
-- subject:   setting
-- controls:  NW-07
-- severity:  low
-- needs:     host max_age=26h
-- needs:     setting max_age=26h
-- why:       Only a router should send redirects; elsewhere they help an intruder to steer traffic.
-- remedy:    In /etc/sysctl.d/60-network.conf set net.ipv4.conf.{all,default}.send_redirects to 0, for
--            interfaces that are up too, then run sysctl --system.
WITH wanted AS (
     SELECT 'net.ipv4.conf.all.send_redirects' AS parameter
     UNION ALL SELECT 'net.ipv4.conf.default.send_redirects'
), judged AS (
     SELECT h.system, w.parameter
       FROM host h
      CROSS JOIN wanted w
      WHERE h.container IS NOT TRUE
      UNION
     SELECT own.system, own.name
       FROM setting own
       LEFT JOIN host h ON h.system = own.system
      WHERE own.component = 'sysctl'
        AND (own.name LIKE 'net.ipv4.conf.%.send_redirects')
        AND own.name NOT IN ('net.ipv4.conf.lo.send_redirects')
        AND h.container IS NOT TRUE
)
SELECT j.system, 'sysctl' AS component, j.parameter AS name,
       (s.number = 0) AS ok,
       CASE WHEN s.number IS NULL THEN 'the running value could not be read' ELSE 'redirects are sent' END AS reason,
       CAST(s.number AS TEXT) AS observed,
       '0' AS expected
  FROM judged j
  LEFT JOIN setting s ON s.system = j.system AND s.component = 'sysctl' AND s.name = j.parameter
