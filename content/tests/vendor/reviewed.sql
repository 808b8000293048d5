-- test:      vendor.reviewed
-- version:   1
-- title:     Critical vendors and subservice organisations are reviewed every year
-- kind:      state
-- subject:   vendor
-- controls:  VN-04
-- severity:  high
-- needs:     vendor
-- needs:     vendor_review empty=ok
-- param:     max_days int = 365 guard <= 400
-- why:       Due diligence speaks for the first year; after that, a vendor's controls are ours as long as we rely on them.
-- remedy:    Get its assurance report or its answers, write the review and complete it.
SELECT v.id,
       CASE WHEN g.n IS NULL THEN (v.started_at >= as_of() - days(:max_days))
            WHEN coalesce(g.unsure, 0) > 0 THEN NULL
            ELSE (coalesce(g.n, 0) > 0 AND coalesce(g.good, 0) = coalesce(g.n, 0)) END AS ok,
       CASE WHEN g.n IS NULL AND v.started_at IS NULL THEN 'it was never reviewed, and since when it is used is not known'
            WHEN g.n IS NULL THEN 'it was never reviewed'
            WHEN coalesce(g.unsure, 0) > 0 THEN 'when it was reviewed, or with which outcome, is not known'
            ELSE 'the latest review is too long ago, or found it not acceptable' END AS reason,
       v.name AS observed,
       'within ' || CAST(:max_days AS TEXT) || ' days' AS expected,
       v.owner AS owner
  FROM vendor v
  LEFT JOIN (SELECT t.vendor AS vendor, count(t.id) AS n,
                    count(CASE WHEN t.fits IS TRUE THEN 1 END) AS good,
                    count(CASE WHEN t.fits IS NULL THEN 1 END) AS unsure
               FROM (SELECT r.vendor AS vendor, r.id AS id,
                            (r.reviewed_at >= as_of() - days(:max_days) AND r.outcome <> 'not_acceptable') AS fits
                       FROM vendor_review r
                       JOIN (SELECT l.vendor AS vendor_id, max(l.reviewed_at) AS last_at
                               FROM vendor_review l
                              WHERE l.state = 'completed'
                              GROUP BY l.vendor) m ON m.vendor_id = r.vendor
                      WHERE r.state = 'completed' AND (r.reviewed_at < m.last_at) IS NOT TRUE) t
              GROUP BY t.vendor) g ON g.vendor = v.id
 WHERE v.state = 'active' AND (v.tier = 'critical' OR v.subservice)
