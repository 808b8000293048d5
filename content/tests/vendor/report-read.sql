-- test:      vendor.report-read
-- version:   1
-- title:     The latest report of each subservice organisation is read: period, opinion, exceptions, and our part of it
-- kind:      state
-- subject:   vendor
-- controls:  VN-04
-- severity:  high
-- needs:     vendor
-- needs:     vendor_review empty=ok
-- param:     max_days int = 365 guard <= 400
-- param:     gap_days int = 100 guard <= 190
-- why:       A report filed unread protects nobody: it ends on a day, names exceptions, and holds only if we do our part.
-- remedy:    Read the latest report: write down its period, opinion and exceptions, tie each complementary control
--            to one of ours, and ask for a bridge letter when its period ended long ago.
SELECT v.id,
       CASE WHEN coalesce(g.unsure, 0) > 0 THEN NULL
            ELSE (coalesce(g.n, 0) > 0 AND coalesce(g.good, 0) = coalesce(g.n, 0)) END AS ok,
       CASE WHEN g.n IS NULL THEN 'no report of it was read'
            WHEN coalesce(g.unsure, 0) > 0 THEN 'period, opinion or mapping of what was read is not known'
            ELSE 'its report is too old, its opinion adverse or withheld, or exceptions and our part of it are not written down' END AS reason,
       v.name AS observed,
       v.owner AS owner
  FROM vendor v
  LEFT JOIN (SELECT t.vendor AS vendor, count(t.id) AS n,
                    count(CASE WHEN t.fits IS TRUE THEN 1 END) AS good,
                    count(CASE WHEN t.fits IS NULL THEN 1 END) AS unsure
               FROM (SELECT r.vendor AS vendor, r.id AS id,
                            (r.cuecs_mapped AND coalesce(r.exceptions, '') <> '' AND r.opinion NOT IN ('adverse', 'disclaimer')
                             AND r.reviewed_at >= as_of() - days(:max_days) AND r.period_to <= r.reviewed_at
                             AND (r.period_to >= as_of() - days(:max_days) - days(:gap_days))
                             AND (r.period_to >= as_of() - days(:max_days)
                                  OR (coalesce(r.bridge_letter, FALSE) AND coalesce(r.bridge_until, 0) >= as_of() - days(:gap_days)))) AS fits
                       FROM vendor_review r
                       JOIN (SELECT l.vendor AS vendor_id, max(l.period_to) AS last_to
                               FROM vendor_review l
                              WHERE l.state = 'completed' AND l.kind = 'soc_report'
                              GROUP BY l.vendor) m ON m.vendor_id = r.vendor
                      WHERE r.state = 'completed' AND r.kind = 'soc_report' AND (r.period_to < m.last_to) IS NOT TRUE) t
              GROUP BY t.vendor) g ON g.vendor = v.id
 WHERE v.state = 'active' AND v.subservice
