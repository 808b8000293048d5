-- test:      patch.automatic
-- version:   1
-- title:     Security updates are installed without anyone having to remember
-- kind:      state
-- subject:   host
-- controls:  VM-02
-- severity:  medium
-- needs:     host max_age=26h
-- needs:     patch_state max_age=26h
-- why:       Fixes that wait for a person wait through holidays and busy weeks.
-- remedy:    apt install unattended-upgrades, then dpkg-reconfigure -plow unattended-upgrades; check with
--            unattended-upgrade --dry-run.
SELECT h.source, h.system,
       p.automatic AS ok,
       CASE WHEN p.automatic IS NULL THEN 'how updates are installed could not be read'
            ELSE 'updates wait for someone to install them' END AS reason
  FROM host h
  LEFT JOIN patch_state p ON p.system = h.system
