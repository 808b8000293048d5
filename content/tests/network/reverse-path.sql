-- test:      network.reverse-path
-- version:   1
-- title:     Packets with a forged sender are dropped on every interface
-- kind:      state
-- subject:   setting
-- controls:  NW-07
-- severity:  medium
-- needs:     host max_age=26h
-- needs:     setting max_age=26h
-- why:       Forged sender addresses hide an attacker and get past rules that trust inner networks.
-- remedy:    In /etc/sysctl.d/60-network.conf set net.ipv4.conf.all.rp_filter and
--            net.ipv4.conf.default.rp_filter to 1 (2 where routes differ by direction), then run sysctl
--            --system.
WITH interface_setting AS (
     SELECT h.system, 'net.ipv4.conf.default.rp_filter' AS parameter
       FROM host h
      WHERE h.container IS NOT TRUE
      UNION
     SELECT s.system, s.name
       FROM setting s
       LEFT JOIN host h ON h.system = s.system
      WHERE s.component = 'sysctl'
        AND s.name LIKE 'net.ipv4.conf.%.rp_filter'
        AND s.name NOT IN ('net.ipv4.conf.all.rp_filter', 'net.ipv4.conf.lo.rp_filter')
        AND h.container IS NOT TRUE
)
SELECT i.system, 'sysctl' AS component, i.parameter AS name,
       (general.number >= 1
        OR (own.number >= 1
            AND nullif(i.parameter <> 'net.ipv4.conf.default.rp_filter'
                       OR EXISTS (SELECT 1 FROM interface_setting o
                                   WHERE o.system = i.system AND o.parameter <> i.parameter), FALSE))) AS ok,
       CASE WHEN (own.number = 0 AND general.number = 0) IS TRUE THEN 'the sender''s address is not checked'
            WHEN own.number IS NULL OR general.number IS NULL THEN 'the running value could not be read'
            ELSE 'new interfaces check, but those that are up were not read' END AS reason,
       CAST(own.number AS TEXT) AS observed,
       'at least 1, here or in net.ipv4.conf.all.rp_filter' AS expected
  FROM interface_setting i
  LEFT JOIN setting own ON own.system = i.system AND own.component = 'sysctl' AND own.name = i.parameter
  LEFT JOIN setting general ON general.system = i.system AND general.component = 'sysctl'
   AND general.name = 'net.ipv4.conf.all.rp_filter'
