-- test:      host.removable-disks
-- version:   1
-- title:     Removable disks bring no privileged programs or device files with them
-- kind:      state
-- subject:   filesystem
-- controls:  EP-07, EP-09
-- severity:  low
-- needs:     host max_age=26h
-- needs:     filesystem max_age=26h
-- why:       A prepared memory stick can carry a program that makes anyone who inserts it administrator.
-- remedy:    Add nosuid,nodev to the entry in /etc/fstab, or leave mounting to udisks2, which sets both.
SELECT f.source, f.system, f.mount_point,
       (f.nosuid AND f.nodev) AS ok,
       CASE WHEN (f.nosuid AND f.nodev) IS NULL THEN 'the mount options are not known'
            ELSE 'nosuid or nodev is missing' END AS reason,
       f.options AS observed,
       'nosuid,nodev' AS expected
  FROM filesystem f
  LEFT JOIN host h ON h.system = f.system
 WHERE coalesce(f.kind, 'local') = 'local'
   AND f.removable IS NOT FALSE
   AND f.mount_point NOT IN ('/', '/usr', '/boot', '/boot/efi')
   AND h.container IS NOT TRUE
