-- test:      patch.restart
-- version:   1
-- title:     No installed update waits for a restart
-- kind:      state
-- subject:   host
-- controls:  VM-02
-- severity:  medium
-- needs:     host max_age=26h
-- needs:     patch_state max_age=26h
-- why:       A kernel that was updated but not restarted still has the hole.
-- remedy:    Restart in the next maintenance window: systemctl reboot. /var/run/reboot-required.pkgs names
--            the packages.
SELECT h.source, h.system,
       NOT p.reboot_required AS ok,
       CASE WHEN p.reboot_required IS NULL THEN 'whether a restart is due could not be read'
            ELSE 'an installed update takes effect only after a restart' END AS reason
  FROM host h
  LEFT JOIN patch_state p ON p.system = h.system
