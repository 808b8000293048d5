-- test:      capacity.inodes
-- version:   1
-- title:     No file system is close to its limit of files
-- kind:      state
-- subject:   filesystem
-- controls:  BC-07
-- severity:  low
-- needs:     filesystem max_age=26h
-- needs:     host max_age=26h
-- param:     max_pct int = 90 guard <= 95
-- why:       A disk out of inodes refuses new files though it looks half empty, and few look there first.
-- remedy:    find MOUNT -xdev -printf '%h\n' | sort | uniq -c | sort -n | tail shows the directories with
--            most files.
SELECT f.source, f.system, f.mount_point,
       (f.inodes_used_pct <= :max_pct) AS ok,
       CASE WHEN f.inodes_used_pct IS NULL THEN 'the share of inodes in use could not be read'
            ELSE 'it is close to its limit of files' END AS reason,
       CAST(f.inodes_used_pct AS TEXT) || ' %' AS observed,
       'at most ' || CAST(:max_pct AS TEXT) || ' %' AS expected
  FROM filesystem f
  LEFT JOIN host h ON h.system = f.system
 WHERE coalesce(f.kind, 'local') = 'local'
   AND f.read_only IS NOT TRUE
   AND coalesce(f.fs_type, '') NOT IN ('vfat', 'exfat', 'msdos', 'btrfs', 'ntfs', 'ntfs3', 'fuseblk')
   AND h.container IS NOT TRUE
