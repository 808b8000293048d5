-- test:      physical.hosts-reviewed
-- version:   1
-- title:     The physical security of hosted facilities was confirmed this year
-- kind:      state
-- subject:   facility
-- controls:  PH-02
-- severity:  medium
-- needs:     facility
-- needs:     vendor_review empty=ok
-- param:     max_days int = 380 guard <= 400
-- why:       The servers stand in someone else's building, and the duty stays ours.
-- remedy:    Name the provider (attest facility edit ID vendor=V), read its assurance report and complete a
--            review of it: attest vendor_review add vendor=V kind=soc_report.
WITH reviewed AS (
     SELECT f.id AS of_id,
            max(CASE WHEN (r.reviewed_at >= as_of() - days(:max_days)) IS TRUE THEN 2
                     WHEN r.id IS NOT NULL AND r.reviewed_at IS NULL THEN 1
                     ELSE 0 END) AS level
       FROM facility f
       LEFT JOIN vendor_review r ON r.vendor = coalesce(f.vendor, '') AND r.state = 'completed'
      GROUP BY f.id
)
SELECT f.source, f.id,
       CASE x.level WHEN 2 THEN TRUE WHEN 0 THEN FALSE END AS ok,
       CASE WHEN f.vendor IS NULL THEN 'its provider is not recorded'
            WHEN x.level = 1 THEN 'when its provider was reviewed is not known'
            ELSE 'its provider was not reviewed in the last ' || CAST(:max_days AS TEXT) || ' days' END AS reason,
       f.name AS observed,
       f.owner AS owner
  FROM facility f
  JOIN reviewed x ON x.of_id = f.id
 WHERE f.kind = 'hosted' AND f.state = 'in_use'
