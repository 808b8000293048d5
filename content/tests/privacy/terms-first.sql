-- test:      privacy.terms-first
-- version:   1
-- title:     Privacy terms were signed before a vendor received personal data
-- kind:      event
-- subject:   vendor
-- controls:  PR-13
-- severity:  high
-- needs:     vendor
-- needs:     contract empty=ok
-- param:     window_days int = 365 guard >= 90
-- why:       Data given away without terms cannot be called back.
-- remedy:    Find out what the vendor received before it signed, and record it in the register of breaches or disclosures.
SELECT v.id,
       coalesce(v.started_at, as_of()) AS at,
       CASE WHEN coalesce(g.good, 0) > 0 THEN TRUE
            WHEN coalesce(g.unsure, 0) > 0 THEN NULL
            ELSE FALSE END AS ok,
       CASE WHEN coalesce(g.unsure, 0) > 0 THEN 'when it was first used, or when it signed, is not known'
            ELSE 'no data-processing agreement was signed before it was used' END AS reason,
       v.name AS observed,
       v.owner AS owner
  FROM vendor v
  LEFT JOIN (SELECT t.vendor AS vendor, count(CASE WHEN t.fits IS TRUE THEN 1 END) AS good,
                    count(CASE WHEN t.fits IS NULL THEN 1 END) AS unsure
               FROM (SELECT c.vendor AS vendor, (c.signed_at <= k.started_at) AS fits
                       FROM contract c
                       JOIN vendor k ON k.id = c.vendor
                      WHERE c.state <> 'draft' AND c.dpa) t
              GROUP BY t.vendor) g ON g.vendor = v.id
 WHERE v.personal_data AND v.state IN ('active', 'offboarding', 'ended')
   AND coalesce(v.started_at, as_of()) >= as_of() - days(:window_days)
