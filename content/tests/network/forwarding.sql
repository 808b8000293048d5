-- test:      network.forwarding
-- version:   1
-- title:     A machine that passes traffic on drops what no rule allows
-- kind:      state
-- subject:   setting
-- controls:  NW-01
-- severity:  medium
-- needs:     host max_age=26h
-- needs:     setting max_age=26h
-- needs:     firewall max_age=26h
-- why:       A machine that forwards everything is a bridge past the boundary into inner networks.
-- remedy:    Where nothing is routed set net.ipv4.ip_forward=0 and net.ipv6.conf.all.forwarding=0 in
--            /etc/sysctl.d/60-network.conf; else give the forward chain "policy drop".
WITH wanted AS (
     SELECT 'net.ipv4.ip_forward' AS parameter, 'ip' AS family
     UNION ALL SELECT 'net.ipv6.conf.all.forwarding', 'ip6'
), chain_rule AS (
     SELECT system, family,
            backend IN ('nft', 'iptables') AND hook = 'forward' AND policy = 'drop' AND enabled AS denies
       FROM firewall
), known AS (
     SELECT h.source, h.system, w.parameter,
            max(CASE WHEN r.denies IS TRUE THEN 2 WHEN r.system IS NOT NULL AND r.denies IS NULL THEN 1
                     ELSE 0 END) AS level
       FROM host h
      CROSS JOIN wanted w
       LEFT JOIN chain_rule r ON r.system = h.system AND r.family IN ('inet', w.family)
      WHERE h.container IS NOT TRUE
      GROUP BY h.source, h.system, w.parameter
)
SELECT k.source, k.system, 'sysctl' AS component, k.parameter AS name,
       (s.number = 0 OR CASE k.level WHEN 2 THEN TRUE WHEN 0 THEN FALSE END) AS ok,
       CASE WHEN s.number IS NULL THEN 'whether it forwards could not be read'
            WHEN k.level = 1 THEN 'the default for forwarded traffic could not be read'
            ELSE 'it forwards, and by default to anywhere' END AS reason,
       CAST(s.number AS TEXT) AS observed,
       '0, or a forward chain with policy drop' AS expected
  FROM known k
  LEFT JOIN setting s ON s.system = k.system AND s.component = 'sysctl' AND s.name = k.parameter
 WHERE s.name IS NOT NULL OR k.parameter = 'net.ipv4.ip_forward'
