-- test:      privacy.processors-reviewed
-- version:   1
-- title:     The privacy practice of vendors with much personal data is reviewed every year
-- kind:      state
-- subject:   vendor
-- controls:  PR-13
-- severity:  medium
-- needs:     vendor
-- needs:     vendor_review empty=ok
-- param:     max_days int = 365 guard <= 400
-- why:       A signature says what a vendor promised, not what it does.
-- remedy:    Look at its care of personal data in a vendor_review (privacy_practice), and complete the review.
SELECT v.id,
       CASE WHEN coalesce(g.good, 0) > 0 THEN TRUE
            WHEN coalesce(g.unsure, 0) > 0 THEN NULL
            ELSE FALSE END AS ok,
       CASE WHEN coalesce(g.unsure, 0) > 0 THEN 'when its privacy practice was reviewed is not known'
            ELSE 'no review of the last year looked at its privacy practice' END AS reason,
       v.name AS observed,
       v.owner AS owner
  FROM vendor v
  LEFT JOIN (SELECT t.vendor AS vendor, count(CASE WHEN t.fits IS TRUE THEN 1 END) AS good,
                    count(CASE WHEN t.fits IS NULL THEN 1 END) AS unsure
               FROM (SELECT r.vendor AS vendor,
                            (coalesce(r.privacy_practice, '') <> '' AND r.reviewed_at >= as_of() - days(:max_days)) AS fits
                       FROM vendor_review r
                      WHERE r.state = 'completed') t
              GROUP BY t.vendor) g ON g.vendor = v.id
 WHERE v.personal_data AND v.tier IN ('critical', 'high') AND v.state = 'active'
