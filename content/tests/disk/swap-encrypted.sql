-- test:      disk.swap-encrypted
-- version:   1
-- title:     Swap areas are encrypted or held in memory
-- kind:      state
-- subject:   filesystem
-- controls:  CR-03
-- severity:  medium
-- needs:     filesystem max_age=26h
-- needs:     host max_age=26h
-- why:       Passwords and keys in memory end up on the swap disk, where they outlive the restart.
-- remedy:    swapoff the area and set it up in /etc/crypttab with a random key: swap /dev/sdX /dev/urandom
--            swap,cipher=aes-xts-plain64; or use zram.
SELECT f.source, f.system, f.mount_point,
       (f.encrypted OR f.device LIKE '/dev/zram%') AS ok,
       CASE WHEN f.encrypted IS NULL THEN 'the device stack could not be read'
            ELSE 'memory is written to it in clear' END AS reason,
       f.device AS observed
  FROM filesystem f
  LEFT JOIN host h ON h.system = f.system
 WHERE (f.kind IS NOT DISTINCT FROM 'swap' OR f.mount_point LIKE 'swap:%')
   AND h.container IS NOT TRUE
