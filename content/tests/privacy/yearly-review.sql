-- test:      privacy.yearly-review
-- version:   1
-- title:     Privacy practice was compared with notice, records and law within a year, by someone who does not answer for it
-- kind:      state
-- subject:   -
-- controls:  PR-18
-- severity:  medium
-- needs:     internal_audit
-- param:     max_days int = 365 guard <= 400
-- why:       Systems drift away from what the notice says.
-- remedy:    Hold an internal_audit of kind privacy_review, make findings of the gaps, and have management take the report.
SELECT 'yearly privacy review' AS item,
       CASE WHEN count(CASE WHEN g.good IS TRUE THEN 1 END) > 0 THEN TRUE
            WHEN count(CASE WHEN g.good IS NULL THEN 1 END) > 0 THEN NULL
            ELSE FALSE END AS ok,
       CASE WHEN count(CASE WHEN g.good IS NULL THEN 1 END) > 0 THEN 'when it was held, or by whom, is not known'
            ELSE 'no approved privacy review by an independent auditor is recent enough' END AS reason,
       'within ' || CAST(:max_days AS TEXT) || ' days' AS expected
  FROM (SELECT a.id AS id,
               (a.finished_at >= as_of() - days(:max_days) AND a.auditor <> a.owner AND a.approver <> a.auditor) AS good
          FROM internal_audit a
         WHERE a.kind = 'privacy_review' AND a.state = 'approved') g
