-- test:      governance.org-chart
-- version:   1
-- title:     The organisation chart was approved or confirmed within the last year
-- kind:      state
-- subject:   -
-- controls:  GV-05
-- severity:  medium
-- needs:     org_chart
-- param:     max_days int = 365 guard <= 400
-- why:       Decisions and approvals only count when it is known who may make them.
-- remedy:    Draw the chart as it is now and let somebody else in management approve it, or confirm the last one.
SELECT 'organisation chart' AS item,
       CASE WHEN count(CASE WHEN (approved_at >= as_of() - days(:max_days) AND approver <> author) IS TRUE THEN 1 END) > 0 THEN TRUE
            WHEN count(CASE WHEN (approved_at >= as_of() - days(:max_days) AND approver <> author) IS NOT FALSE THEN 1 END) > 0 THEN NULL
            ELSE FALSE END AS ok,
       CASE WHEN count(*) = 0 THEN 'no chart is approved' ELSE 'none was approved by someone else lately' END AS reason,
       CAST(count(*) AS TEXT) || ' approved charts' AS observed
  FROM org_chart
 WHERE state = 'approved' AND effective_from <= as_of()
