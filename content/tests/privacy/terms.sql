-- test:      privacy.terms
-- version:   1
-- title:     Vendors with personal data are bound by privacy terms in force
-- kind:      state
-- subject:   vendor
-- controls:  PR-13
-- severity:  critical
-- needs:     vendor
-- needs:     contract empty=ok
-- why:       People hold us to account for what our processors do.
-- remedy:    Sign a data-processing agreement, or stop giving the vendor personal data.
SELECT v.id,
       CASE WHEN coalesce(g.good, 0) > 0 THEN TRUE
            WHEN coalesce(g.unsure, 0) > 0 THEN NULL
            ELSE FALSE END AS ok,
       CASE WHEN coalesce(g.unsure, 0) > 0 THEN 'from when to when its agreement holds is not known'
            ELSE 'no contract in force contains a data-processing agreement' END AS reason,
       v.name AS observed,
       v.owner AS owner
  FROM vendor v
  LEFT JOIN (SELECT t.vendor AS vendor, count(CASE WHEN t.fits IS TRUE THEN 1 END) AS good,
                    count(CASE WHEN t.fits IS NULL THEN 1 END) AS unsure
               FROM (SELECT c.vendor AS vendor,
                            (c.signed_at <= as_of() AND c.starts_at <= as_of() AND (c.open_ended OR c.ends_at > as_of())) AS fits
                       FROM contract c
                      WHERE c.state = 'active' AND c.dpa) t
              GROUP BY t.vendor) g ON g.vendor = v.id
 WHERE v.personal_data AND v.state IN ('active', 'offboarding')
