-- test:      privacy.impact
-- version:   1
-- title:     Processing that may bring high risk to people was assessed, and approved by another, before it began
-- kind:      state
-- subject:   processing_activity
-- controls:  PR-06
-- severity:  high
-- needs:     processing_activity
-- needs:     privacy_assessment empty=ok
-- why:       Afterwards the harm is done and the system is built.
-- remedy:    Stop or limit the processing, assess it, and have someone other than the author approve the measures.
SELECT a.id,
       CASE WHEN coalesce(g.good, 0) > 0 THEN TRUE
            WHEN coalesce(g.unsure, 0) > 0 THEN NULL
            ELSE FALSE END AS ok,
       CASE WHEN g.n IS NULL THEN 'no impact assessment of it is approved'
            WHEN coalesce(g.unsure, 0) > 0 THEN 'when it began, or by whom and when the assessment was approved, is not known'
            ELSE 'the assessment was approved after it began, by its author, or leaves a high risk' END AS reason,
       a.name AS observed,
       a.owner AS owner
  FROM processing_activity a
  LEFT JOIN (SELECT t.activity_id AS activity_id, count(t.id) AS n,
                    count(CASE WHEN t.fits IS TRUE THEN 1 END) AS good,
                    count(CASE WHEN t.fits IS NULL THEN 1 END) AS unsure
               FROM (SELECT k.id AS activity_id, d.id AS id,
                            (d.approved_at <= k.started_at AND d.approver <> d.author AND d.risk <> 'high' AND coalesce(d.dpo_opinion, '') <> '') AS fits
                       FROM privacy_assessment d
                       JOIN processing_activity k ON k.id = d.activity
                      WHERE d.state = 'approved') t
              GROUP BY t.activity_id) g ON g.activity_id = a.id
 WHERE a.high_risk AND a.state = 'active'
