-- test:      vendor.contract
-- version:   1
-- title:     Contracts bind vendors that matter to security, return of data and prompt notice of incidents
-- kind:      state
-- subject:   vendor
-- controls:  VN-03
-- severity:  high
-- needs:     vendor
-- needs:     contract empty=ok
-- param:     max_notice_hours int = 72 guard <= 120
-- why:       What is not in the contract is a favour.
-- remedy:    Agree the missing terms in writing, as an addendum when the contract runs on.
SELECT v.id,
       CASE WHEN coalesce(g.good, 0) > 0 THEN TRUE
            WHEN coalesce(g.unsure, 0) > 0 THEN NULL
            ELSE FALSE END AS ok,
       CASE WHEN g.n IS NULL THEN 'there is no active contract'
            WHEN coalesce(g.unsure, 0) > 0 THEN 'whether data comes back, or from when to when it holds, is not known'
            ELSE 'no contract in force has security terms, return of data and notice within ' || CAST(:max_notice_hours AS TEXT) || ' hours' END AS reason,
       v.name AS observed,
       v.owner AS owner
  FROM vendor v
  LEFT JOIN (SELECT t.vendor AS vendor, count(t.id) AS n,
                    count(CASE WHEN t.fits IS TRUE THEN 1 END) AS good,
                    count(CASE WHEN t.fits IS NULL THEN 1 END) AS unsure
               FROM (SELECT c.vendor AS vendor, c.id AS id,
                            (coalesce(c.security_terms, '') <> '' AND c.return_of_data
                             AND coalesce(c.breach_notice_hours, 9999) <= :max_notice_hours
                             AND c.signed_at <= as_of() AND c.starts_at <= as_of()
                             AND (c.open_ended OR c.ends_at > as_of())) AS fits
                       FROM contract c
                      WHERE c.state = 'active') t
              GROUP BY t.vendor) g ON g.vendor = v.id
 WHERE v.state IN ('active', 'offboarding') AND (v.tier IN ('critical', 'high') OR v.personal_data)
