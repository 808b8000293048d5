-- test:      vendor.due-diligence
-- version:   1
-- title:     Vendors are assessed, and approved by another, before they are used
-- kind:      event
-- subject:   vendor
-- controls:  VN-02
-- severity:  high
-- needs:     vendor
-- needs:     due_diligence empty=ok
-- param:     window_days int = 365 guard >= 90
-- why:       After signing there is little left to negotiate with.
-- remedy:    Assess the vendor now, have someone else approve it, and find out how it could be used before that.
SELECT v.id,
       coalesce(v.started_at, as_of()) AS at,
       CASE WHEN coalesce(g.good, 0) > 0 THEN TRUE
            WHEN coalesce(g.unsure, 0) > 0 THEN NULL
            ELSE FALSE END AS ok,
       CASE WHEN g.n IS NULL THEN 'there is no approved due diligence'
            WHEN v.started_at IS NULL THEN 'when it was first used is not known'
            WHEN coalesce(g.unsure, 0) > 0 THEN 'who assessed or approved it, how or when is not known'
            ELSE 'it was approved after the vendor was used, by its assessor, or against its outcome' END AS reason,
       v.name AS observed,
       v.owner AS owner
  FROM vendor v
  LEFT JOIN (SELECT t.vendor AS vendor, count(t.id) AS n,
                    count(CASE WHEN t.fits IS TRUE THEN 1 END) AS good,
                    count(CASE WHEN t.fits IS NULL THEN 1 END) AS unsure
               FROM (SELECT d.vendor AS vendor, d.id AS id,
                            (d.approved_at <= k.started_at AND d.approver <> d.assessor AND d.outcome <> 'not_acceptable') AS fits
                       FROM due_diligence d
                       JOIN vendor k ON k.id = d.vendor
                      WHERE d.state = 'approved') t
              GROUP BY t.vendor) g ON g.vendor = v.id
 WHERE v.state IN ('active', 'offboarding') AND coalesce(v.started_at, as_of()) >= as_of() - days(:window_days)
