-- test:      patch.backlog
-- version:   1
-- title:     Ordinary updates do not pile up
-- kind:      state
-- subject:   host
-- controls:  VM-02
-- severity:  low
-- needs:     host max_age=26h
-- needs:     patch_state max_age=26h
-- param:     max_pending int = 25 guard <= 100
-- param:     lists_max_days int = 7 guard <= 14
-- why:       A machine far behind cannot take an urgent fix without a risky jump.
-- remedy:    apt-get update && apt-get upgrade.
SELECT h.source, h.system,
       CASE WHEN (p.pending > :max_pending) IS TRUE THEN FALSE
            ELSE p.pending <= :max_pending
                 AND nullif(p.lists_refreshed_at >= as_of() - days(:lists_max_days), FALSE) END AS ok,
       CASE WHEN p.pending IS NULL THEN 'the pending updates could not be read'
            WHEN (p.pending > :max_pending) IS TRUE THEN 'too many updates are waiting'
            ELSE 'few are known of, but the package lists are old' END AS reason,
       CAST(p.pending AS TEXT) AS observed,
       'at most ' || CAST(:max_pending AS TEXT) AS expected
  FROM host h
  LEFT JOIN patch_state p ON p.system = h.system
