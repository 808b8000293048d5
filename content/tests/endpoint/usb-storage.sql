-- test:      endpoint.usb-storage
-- version:   1
-- title:     Memory sticks do not work on machines people can touch
-- kind:      state
-- subject:   host
-- controls:  EP-09
-- severity:  low
-- needs:     host max_age=26h
-- needs:     setting max_age=26h
-- needs:     kernel_security max_age=26h
-- why:       Memory sticks carry data out and malicious software in, past every network control.
-- remedy:    echo "install usb-storage /bin/false" > /etc/modprobe.d/usb-storage.conf; modprobe -r
--            usb-storage. Waive machines that need them.
SELECT h.source, h.system,
       (CASE WHEN i.name IS NULL THEN FALSE
             ELSE i.value IN ('/bin/false', '/bin/true', '/usr/bin/false', '/usr/bin/true') END
        OR CASE WHEN b.name IS NULL THEN FALSE ELSE b.value = 'yes' END
        OR k.modules_disabled) AS ok,
       CASE WHEN i.name IS NULL AND b.name IS NULL THEN 'nothing keeps the driver usb-storage from loading'
            WHEN i.value IS NULL AND b.value IS NULL THEN 'what the rule says could not be read'
            ELSE 'the rule does not keep the driver usb-storage from loading' END AS reason,
       i.value AS observed
  FROM host h
  LEFT JOIN setting i ON i.system = h.system AND i.component = 'modprobe' AND i.name = 'install usb_storage'
  LEFT JOIN setting b ON b.system = h.system AND b.component = 'modprobe' AND b.name = 'blacklist usb_storage'
  LEFT JOIN kernel_security k ON k.system = h.system
 WHERE h.container IS NOT TRUE
   AND coalesce(h.virtualization, 'none') = 'none'
