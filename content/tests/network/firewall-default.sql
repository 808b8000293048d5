-- test:      network.firewall-default
-- version:   1
-- title:     Incoming traffic that no rule allows is dropped
-- kind:      state
-- subject:   host
-- controls:  NW-01
-- severity:  high
-- needs:     host max_age=26h
-- needs:     firewall max_age=26h
-- needs:     setting max_age=26h
-- why:       With default deny a service started by mistake stays out of an attacker's reach.
-- remedy:    apt install ufw, then ufw allow OpenSSH, ufw default deny incoming, ufw enable; or in
--            /etc/nftables.conf give the input chain of table inet "policy drop".
WITH chain_rule AS (
     SELECT system, family,
            CASE WHEN backend IN ('nft', 'iptables') THEN hook = 'input' AND policy = 'drop' AND enabled
                 ELSE policy = 'drop' AND enabled END AS denies
       FROM firewall
), known AS (
     SELECT h.source, h.system,
            max(CASE WHEN (r.family IN ('ip', 'inet')) IS TRUE AND r.denies IS TRUE THEN 2
                     WHEN (r.family IN ('ip', 'inet')) IS TRUE AND r.denies IS NULL THEN 1
                     ELSE 0 END) AS v4,
            max(CASE WHEN (r.family IN ('ip6', 'inet')) IS TRUE AND r.denies IS TRUE THEN 2
                     WHEN (r.family IN ('ip6', 'inet')) IS TRUE AND r.denies IS NULL THEN 1
                     WHEN (s.number = 1) IS TRUE THEN 2
                     ELSE 0 END) AS v6
       FROM host h
       LEFT JOIN chain_rule r ON r.system = h.system
       LEFT JOIN setting s ON s.system = h.system AND s.component = 'sysctl'
        AND s.name = 'net.ipv6.conf.all.disable_ipv6'
      WHERE h.container IS NOT TRUE
      GROUP BY h.source, h.system
)
SELECT source, system,
       CASE WHEN v4 = 2 AND v6 = 2 THEN TRUE
            WHEN v4 = 0 OR v6 = 0 THEN FALSE END AS ok,
       CASE WHEN v4 = 0 AND v6 = 0 THEN 'the default for incoming traffic is to accept'
            WHEN v4 = 0 THEN 'the default for incoming IPv4 traffic is to accept'
            WHEN v6 = 0 THEN 'the default for incoming IPv6 traffic is to accept'
            ELSE 'the default for incoming traffic could not be read (of firewalld only nft list ruleset tells)' END AS reason,
       'policy drop for IPv4 and IPv6' AS expected
  FROM known
