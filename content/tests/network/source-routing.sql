-- test:      network.source-routing
-- version:   1
-- title:     Packets that choose their own route are refused
-- kind:      state
-- subject:   setting
-- controls:  NW-07
-- severity:  medium
-- needs:     host max_age=26h
-- needs:     setting max_age=26h
-- why:       A sender who picks the route can get around the firewall and reach inner networks.
-- remedy:    In /etc/sysctl.d/60-network.conf set net.ipv4.conf.all.accept_source_route and
--            net.ipv6.conf.all.accept_source_route to 0, then run sysctl --system.
WITH wanted AS (
     SELECT 'net.ipv4.conf.all.accept_source_route' AS parameter, 0 AS bound
     UNION ALL SELECT 'net.ipv6.conf.all.accept_source_route', 0
)
SELECT h.source, h.system, 'sysctl' AS component, w.parameter AS name,
       (s.number <= w.bound) AS ok,
       CASE WHEN s.number IS NULL THEN 'the running value could not be read'
            ELSE 'source-routed packets are accepted' END AS reason,
       CAST(s.number AS TEXT) AS observed,
       'at most ' || CAST(w.bound AS TEXT) AS expected
  FROM host h
 CROSS JOIN wanted w
  LEFT JOIN setting s ON s.system = h.system AND s.component = 'sysctl' AND s.name = w.parameter
 WHERE h.container IS NOT TRUE
   AND (s.name IS NOT NULL OR w.parameter NOT LIKE 'net.ipv6.%')
