-- test:      processing.reconciled
-- version:   1
-- title:     Flows that must be reconciled are, up to the latest period
-- kind:      state
-- subject:   processing_spec
-- controls:  PI-04
-- severity:  high
-- needs:     processing_spec
-- needs:     reconciliation empty=ok
-- param:     grace_days int = 10 guard <= 20
-- why:       Completeness cannot be seen by looking at single items.
-- remedy:    Compare what came in with what went out for each period since the last, and let another review it.
SELECT s.id,
       CASE WHEN coalesce(g.good, 0) > 0 THEN TRUE
            WHEN coalesce(g.unsure, 0) > 0 THEN NULL
            ELSE FALSE END AS ok,
       CASE WHEN g.n IS NULL THEN 'no reconciliation of it was reviewed'
            WHEN coalesce(g.unsure, 0) > 0 THEN 'who prepared or reviewed it is not known'
            ELSE 'the latest one that another reviewed ends too long ago' END AS reason,
       s.title AS observed,
       s.reconciliation_cadence AS expected,
       s.owner AS owner
  FROM processing_spec s
  LEFT JOIN (SELECT t.spec AS spec, count(t.id) AS n,
                    count(CASE WHEN t.fits IS TRUE THEN 1 END) AS good,
                    count(CASE WHEN t.fits IS NULL THEN 1 END) AS unsure
               FROM (SELECT r.spec AS spec, r.id AS id,
                            (r.reviewer <> r.preparer AND r.period_from <= r.period_to AND r.period_to <= as_of()
                             AND r.period_to >= as_of() - days(:grace_days)
                                 - CASE k.reconciliation_cadence WHEN 'daily' THEN days(1) WHEN 'weekly' THEN days(7)
                                                                 WHEN 'monthly' THEN days(31) ELSE days(92) END) AS fits
                       FROM reconciliation r
                       JOIN processing_spec k ON k.id = r.spec
                      WHERE r.state = 'reviewed') t
              GROUP BY t.spec) g ON g.spec = s.id
 WHERE s.state IN ('published', 'approved', 'draft') AND s.reconciliation_cadence <> 'none'
