-- test:      network.redirects-refused
-- version:   1
-- title:     Route changes told by other machines are ignored
-- kind:      state
-- subject:   setting
-- controls:  NW-07
-- severity:  medium
-- needs:     host max_age=26h
-- needs:     setting max_age=26h
-- why:       A forged redirect sends a machine's traffic through an attacker.
-- remedy:    In /etc/sysctl.d/60-network.conf set net.ipv4.conf.{all,default}.accept_redirects and
--            net.ipv6.conf.{all,default}.accept_redirects to 0, for interfaces that are up too, then run
--            sysctl --system.
WITH wanted AS (
     SELECT 'net.ipv4.conf.all.accept_redirects' AS parameter
     UNION ALL SELECT 'net.ipv4.conf.default.accept_redirects'
     UNION ALL SELECT 'net.ipv6.conf.all.accept_redirects'
     UNION ALL SELECT 'net.ipv6.conf.default.accept_redirects'
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
        AND (own.name LIKE 'net.ipv4.conf.%.accept_redirects' OR own.name LIKE 'net.ipv6.conf.%.accept_redirects')
        AND own.name NOT IN ('net.ipv4.conf.lo.accept_redirects', 'net.ipv6.conf.lo.accept_redirects')
        AND h.container IS NOT TRUE
)
SELECT j.system, 'sysctl' AS component, j.parameter AS name,
       (s.number = 0) AS ok,
       CASE WHEN s.number IS NULL THEN 'the running value could not be read'
            ELSE 'redirects are accepted' END AS reason,
       CAST(s.number AS TEXT) AS observed,
       '0' AS expected
  FROM judged j
  LEFT JOIN setting s ON s.system = j.system AND s.component = 'sysctl' AND s.name = j.parameter
 WHERE s.name IS NOT NULL OR j.parameter NOT LIKE 'net.ipv6.%'
