-- test:      capacity.disk-space
-- version:   1
-- title:     No file system is close to full
-- kind:      state
-- subject:   filesystem
-- controls:  BC-07
-- severity:  medium
-- needs:     filesystem max_age=26h
-- needs:     host max_age=26h
-- param:     max_pct int = 90 guard <= 95
-- why:       A full disk stops services, loses log records and breaks backups.
-- remedy:    du -xh --max-depth=2 on the mount point shows what to delete or move; lvextend -r makes the
--            volume larger.
SELECT f.source, f.system, f.mount_point,
       (f.used_pct <= :max_pct) AS ok,
       CASE WHEN f.used_pct IS NULL THEN 'the share in use could not be read'
            ELSE 'it is close to full' END AS reason,
       CAST(f.used_pct AS TEXT) || ' %' AS observed,
       'at most ' || CAST(:max_pct AS TEXT) || ' %' AS expected
  FROM filesystem f
  LEFT JOIN host h ON h.system = f.system
 WHERE coalesce(f.kind, 'local') IN ('local', 'network')
   AND f.read_only IS NOT TRUE
   AND h.container IS NOT TRUE
