-- test:      risk.change
-- version:   1
-- title:     The yearly assessment asked what has changed
-- kind:      state
-- subject:   -
-- controls:  RK-06
-- severity:  medium
-- needs:     risk_assessment
-- param:     max_days int = 365 guard <= 400
-- why:       Controls fail most often just after the thing they were made for has changed.
-- remedy:    Look at changes of business, law, leaders, vendors and technology in the yearly assessment, and say
--            that it did (covers_change).
SELECT 'yearly assessment covers change' AS item,
       CASE WHEN count(CASE WHEN g.good IS TRUE THEN 1 END) > 0 THEN TRUE
            WHEN count(CASE WHEN g.good IS NULL THEN 1 END) > 0 THEN NULL
            ELSE FALSE END AS ok,
       CASE WHEN count(CASE WHEN g.good IS NULL THEN 1 END) > 0 THEN 'what it covers, when it was finished or who approved it is not known'
            ELSE 'no approved assessment of the last year looked at changes' END AS reason
  FROM (SELECT a.id AS id, (a.covers_change AND a.finished_at >= as_of() - days(:max_days) AND a.approver <> a.lead) AS good
          FROM risk_assessment a
         WHERE a.kind = 'yearly' AND a.state = 'approved') g
