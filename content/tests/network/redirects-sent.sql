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
-- remedy:    In /etc/sysctl.d/60-network.conf set net.ipv4.conf.{all,default}.send_redirects to 0, then run
--            sysctl --system.
WITH wanted AS (
     SELECT 'net.ipv4.conf.all.send_redirects' AS parameter, 0 AS bound
     UNION ALL SELECT 'net.ipv4.conf.default.send_redirects', 0
)
SELECT h.system, 'sysctl' AS component, w.parameter AS name,
       (s.number = w.bound) AS ok,
       CASE WHEN s.number IS NULL THEN 'the running value could not be read' ELSE 'redirects are sent' END AS reason,
       CAST(s.number AS TEXT) AS observed,
       CAST(w.bound AS TEXT) AS expected
  FROM host h
 CROSS JOIN wanted w
  LEFT JOIN setting s ON s.system = h.system AND s.component = 'sysctl' AND s.name = w.parameter
 WHERE h.container IS NOT TRUE
