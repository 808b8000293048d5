-- test:      patch.lists-fresh
-- version:   1
-- title:     Every machine has asked for updates in the last days
-- kind:      state
-- subject:   host
-- controls:  VM-02
-- severity:  medium
-- needs:     host max_age=26h
-- needs:     patch_state max_age=26h
-- param:     max_hours int = 48 guard <= 168
-- why:       A machine that does not ask does not know what it lacks.
-- remedy:    apt-get update now; systemctl enable --now apt-daily.timer and
--            APT::Periodic::Update-Package-Lists "1" for every day.
SELECT h.source, h.system,
       (p.lists_refreshed_at >= as_of() - hours(:max_hours)) AS ok,
       CASE WHEN p.lists_refreshed_at IS NULL THEN 'when the package lists were fetched is not known'
            ELSE 'the package lists are old' END AS reason,
       'not older than ' || CAST(:max_hours AS TEXT) || ' hours' AS expected
  FROM host h
  LEFT JOIN patch_state p ON p.system = h.system
