-- test:      risk.tolerance
-- version:   1
-- title:     Management has said within a year how much risk it accepts
-- kind:      state
-- subject:   -
-- controls:  RK-02
-- severity:  medium
-- needs:     risk_assessment
-- param:     max_days int = 365 guard <= 400
-- why:       Without a line, every risk is acceptable to someone.
-- remedy:    Write the score above which a risk must be treated into the yearly assessment, and have it approved.
SELECT 'risk tolerance' AS item,
       CASE WHEN count(CASE WHEN g.good IS TRUE THEN 1 END) > 0 THEN TRUE
            WHEN count(CASE WHEN g.good IS NULL THEN 1 END) > 0 THEN NULL
            ELSE FALSE END AS ok,
       CASE WHEN count(CASE WHEN g.good IS NULL THEN 1 END) > 0 THEN 'when or by whom it was approved is not known'
            ELSE 'no yearly assessment approved by another says it recently enough' END AS reason,
       'approved within ' || CAST(:max_days AS TEXT) || ' days' AS expected
  FROM (SELECT a.id AS id,
               (coalesce(a.tolerance, '') <> '' AND a.approved_at >= as_of() - days(:max_days) AND a.approver <> a.lead) AS good
          FROM risk_assessment a
         WHERE a.kind = 'yearly' AND a.state = 'approved') g
