-- test:      host.shared-directories
-- version:   1
-- title:     Nothing can be started or gain rights from the directories everyone may write to
-- kind:      state
-- subject:   filesystem
-- controls:  EP-07
-- severity:  low
-- needs:     host max_age=26h
-- needs:     filesystem max_age=26h
-- why:       Intruders put their tools into /tmp first; where nothing can run, that step fails.
-- remedy:    In /etc/fstab write "tmpfs /tmp tmpfs nosuid,nodev,noexec,size=1G 0 0" and "tmpfs /dev/shm tmpfs
--            nosuid,nodev,noexec 0 0", then mount -a or restart; some installers need TMPDIR set to another place.
WITH shared AS (
     SELECT '/tmp' AS directory
     UNION ALL SELECT '/dev/shm'
)
SELECT h.source, h.system, d.directory AS mount_point,
       CASE WHEN f.mount_point IS NULL THEN FALSE
            ELSE f.nodev AND f.nosuid AND f.noexec END AS ok,
       CASE WHEN f.mount_point IS NULL THEN 'it is not a file system of its own'
            WHEN (f.nodev AND f.nosuid AND f.noexec) IS NULL THEN 'the mount options are not known'
            ELSE 'nodev, nosuid or noexec is missing' END AS reason,
       f.options AS observed,
       'nodev,nosuid,noexec' AS expected
  FROM host h
 CROSS JOIN shared d
  LEFT JOIN filesystem f ON f.system = h.system AND f.mount_point = d.directory
 WHERE h.container IS NOT TRUE
