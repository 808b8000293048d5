-- test:      host.os-supported
-- version:   1
-- title:     Every machine runs a system version that still gets security fixes
-- kind:      state
-- subject:   host
-- controls:  VM-03
-- severity:  critical
-- needs:     host max_age=26h
-- why:       Holes found after the end of support are never closed, and attackers know it.
-- remedy:    Upgrade to a supported release; on Debian follow the release notes from one version to the
--            next.
WITH published AS (
     SELECT 'debian' AS distribution, '10' AS release, 1719705600000000 AS ends_at
     UNION ALL SELECT 'debian', '11', 1788134400000000
     UNION ALL SELECT 'debian', '12', 1845936000000000
     UNION ALL SELECT 'debian', '13', 1909008000000000
     UNION ALL SELECT 'ubuntu', '18.04', 1685491200000000
     UNION ALL SELECT 'ubuntu', '20.04', 1748476800000000
     UNION ALL SELECT 'ubuntu', '22.04', 1811808000000000
     UNION ALL SELECT 'ubuntu', '24.04', 1874880000000000
     UNION ALL SELECT 'ubuntu', '25.10', 1783555200000000
     UNION ALL SELECT 'ubuntu', '26.04', 1937779200000000
     UNION ALL SELECT 'ubuntu', '26.10', 1815609600000000
)
SELECT h.source, h.system,
       (coalesce(h.os_support_until, p.ends_at) > as_of()) AS ok,
       CASE WHEN coalesce(h.os_support_until, p.ends_at) IS NULL THEN 'the end of support is not known'
            ELSE 'support has ended' END AS reason,
       coalesce(h.os_name, h.os_id, 'unknown system') || ' ' || coalesce(h.os_version, '') AS observed
  FROM host h
  LEFT JOIN published p ON p.distribution = coalesce(h.os_id, '')
   AND (p.release = coalesce(h.os_version, '') OR coalesce(h.os_version, '') LIKE p.release || '.%')
