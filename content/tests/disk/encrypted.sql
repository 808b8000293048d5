-- test:      disk.encrypted
-- version:   1
-- title:     Local disks are encrypted
-- kind:      state
-- subject:   filesystem
-- controls:  CR-03
-- severity:  high
-- needs:     filesystem max_age=26h
-- needs:     host max_age=26h
-- why:       A lost laptop, a stolen server or a returned disk gives its data to anyone unless it is
--            encrypted.
-- remedy:    Install with encrypted LVM, or move the data to a LUKS volume (cryptsetup luksFormat). Where
--            the provider encrypts beneath the machine, waive it with the provider's report.
SELECT f.source, f.system, f.mount_point,
       f.encrypted AS ok,
       CASE WHEN f.encrypted IS NULL THEN 'the device stack could not be read'
            ELSE 'its blocks are stored in clear' END AS reason,
       coalesce(f.device, '?') || ' ' || coalesce(f.encryption, '') AS observed
  FROM filesystem f
  LEFT JOIN host h ON h.system = f.system
 WHERE coalesce(f.kind, 'local') = 'local'
   AND f.mount_point NOT IN ('/boot', '/boot/efi', '/efi')
   AND coalesce(f.fs_type, '') NOT IN ('squashfs', 'iso9660', 'erofs')
   AND h.container IS NOT TRUE
