-- test:      audit.yearly
-- version:   1
-- title:     All controls were evaluated within a year by someone who does not answer for them
-- kind:      state
-- subject:   -
-- controls:  MO-07
-- severity:  high
-- needs:     internal_audit
-- param:     max_days int = 365 guard <= 400
-- why:       Before the auditor comes, somebody inside must have looked at everything with the auditor's eyes.
-- remedy:    Hold an internal_audit of kind readiness, make findings of what is missing, and have management take the report.
SELECT 'yearly evaluation of all controls' AS item,
       CASE WHEN count(CASE WHEN g.good IS TRUE THEN 1 END) > 0 THEN TRUE
            WHEN count(CASE WHEN g.good IS NULL THEN 1 END) > 0 THEN NULL
            ELSE FALSE END AS ok,
       CASE WHEN count(CASE WHEN g.good IS NULL THEN 1 END) > 0 THEN 'when it was held, or by whom, is not known'
            ELSE 'no approved readiness assessment by an independent auditor is recent enough' END AS reason,
       'within ' || CAST(:max_days AS TEXT) || ' days' AS expected
  FROM (SELECT a.id AS id,
               (a.finished_at >= as_of() - days(:max_days) AND a.auditor <> a.owner AND a.approver <> a.auditor
                AND coalesce(a.report, '') <> '' AND coalesce(a.scope, '') <> '') AS good
          FROM internal_audit a
         WHERE a.kind = 'readiness' AND a.state = 'approved') g
