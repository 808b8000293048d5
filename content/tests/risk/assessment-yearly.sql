-- test:      risk.assessment-yearly
-- version:   1
-- title:     Risks were assessed within a year, and the report is approved
-- kind:      state
-- subject:   -
-- controls:  RK-03
-- severity:  high
-- needs:     risk_assessment
-- param:     max_days int = 365 guard <= 400
-- why:       Money and effort should go where the harm would be greatest now, not where it was years ago.
-- remedy:    Hold the yearly assessment, finish its report, and let a manager other than its lead approve it.
SELECT 'yearly risk assessment' AS item,
       CASE WHEN count(CASE WHEN g.good IS TRUE THEN 1 END) > 0 THEN TRUE
            WHEN count(CASE WHEN g.good IS NULL THEN 1 END) > 0 THEN NULL
            ELSE FALSE END AS ok,
       CASE WHEN count(CASE WHEN g.good IS NULL THEN 1 END) > 0 THEN 'who approved it, or when it was finished, is not known'
            ELSE 'no yearly assessment that someone other than its lead approved is recent enough' END AS reason,
       CAST(count(g.id) AS TEXT) || ' approved' AS observed,
       'one within ' || CAST(:max_days AS TEXT) || ' days' AS expected
  FROM (SELECT a.id AS id, (a.finished_at >= as_of() - days(:max_days) AND a.approver <> a.lead) AS good
          FROM risk_assessment a
         WHERE a.kind = 'yearly' AND a.state = 'approved') g
