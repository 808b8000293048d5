-- test:      host.protected-files
-- version:   1
-- title:     The kernel refuses to write to planted files and pipes in shared directories
-- kind:      state
-- subject:   setting
-- controls:  EP-04
-- severity:  low
-- needs:     host max_age=26h
-- needs:     setting max_age=26h
-- why:       A file planted in /tmp can catch or falsify what another user or a service writes.
-- remedy:    sysctl -w fs.protected_fifos=1 fs.protected_regular=1; to keep it, write the line to
--            /etc/sysctl.d/60-hardening.conf.
WITH wanted AS (
     SELECT 'fs.protected_fifos' AS parameter, 1 AS bound
     UNION ALL SELECT 'fs.protected_regular', 1
)
SELECT h.source, h.system, 'sysctl' AS component, w.parameter AS name,
       (s.number >= w.bound) AS ok,
       CASE WHEN s.number IS NULL THEN 'the running value could not be read'
            ELSE 'planted files are opened for writing' END AS reason,
       CAST(s.number AS TEXT) AS observed,
       'at least ' || CAST(w.bound AS TEXT) AS expected
  FROM host h
 CROSS JOIN wanted w
  LEFT JOIN setting s ON s.system = h.system AND s.component = 'sysctl' AND s.name = w.parameter
 WHERE h.container IS NOT TRUE
