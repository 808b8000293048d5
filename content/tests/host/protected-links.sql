-- test:      host.protected-links
-- version:   1
-- title:     The kernel refuses to follow planted links in shared directories
-- kind:      state
-- subject:   setting
-- controls:  EP-04
-- severity:  medium
-- needs:     host max_age=26h
-- needs:     setting max_age=26h
-- why:       Links planted in /tmp are an old way to make a privileged program overwrite or reveal a file.
-- remedy:    sysctl -w fs.protected_hardlinks=1 fs.protected_symlinks=1; to keep it, write the line to
--            /etc/sysctl.d/60-hardening.conf.
WITH wanted AS (
     SELECT 'fs.protected_hardlinks' AS parameter, 1 AS bound
     UNION ALL SELECT 'fs.protected_symlinks', 1
)
SELECT h.source, h.system, 'sysctl' AS component, w.parameter AS name,
       (s.number >= w.bound) AS ok,
       CASE WHEN s.number IS NULL THEN 'the running value could not be read'
            ELSE 'planted links are followed' END AS reason,
       CAST(s.number AS TEXT) AS observed,
       'at least ' || CAST(w.bound AS TEXT) AS expected
  FROM host h
 CROSS JOIN wanted w
  LEFT JOIN setting s ON s.system = h.system AND s.component = 'sysctl' AND s.name = w.parameter
 WHERE h.container IS NOT TRUE
