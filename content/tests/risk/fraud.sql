-- test:      risk.fraud
-- version:   1
-- title:     Fraud and misuse of access are assessed every year and stand in the register
-- kind:      state
-- subject:   -
-- controls:  RK-05
-- severity:  high
-- needs:     risk_assessment
-- needs:     risk
-- param:     max_days int = 365 guard <= 400
-- why:       Honest-mistake thinking overlooks the people who mean it.
-- remedy:    Look at motive, opportunity and excuse in the yearly assessment, say that it did (covers_fraud),
--            and keep each way to commit fraud as a risk with `fraud` true and a score.
SELECT 'yearly assessment covers fraud' AS item,
       CASE WHEN count(CASE WHEN g.good IS TRUE THEN 1 END) > 0 THEN TRUE
            WHEN count(CASE WHEN g.good IS NULL THEN 1 END) > 0 THEN NULL
            ELSE FALSE END AS ok,
       CASE WHEN count(CASE WHEN g.good IS NULL THEN 1 END) > 0 THEN 'what it covers, when it was finished or who approved it is not known'
            ELSE 'no approved assessment of the last year looked at fraud' END AS reason
  FROM (SELECT a.id AS id, (a.covers_fraud AND a.finished_at >= as_of() - days(:max_days) AND a.approver <> a.lead) AS good
          FROM risk_assessment a
         WHERE a.kind = 'yearly' AND a.state = 'approved') g
UNION ALL
SELECT 'risks of fraud have a score' AS item,
       CASE WHEN count(r.id) = 0 THEN FALSE
            ELSE (count(r.inherent_score) = count(r.id)) END AS ok,
       CASE WHEN count(r.id) = 0 THEN 'the register names no way to commit fraud'
            ELSE 'a risk of fraud has no score' END AS reason
  FROM risk r
 WHERE r.fraud AND r.state <> 'closed'
