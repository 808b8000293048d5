-- test:      risk.acceptance
-- version:   1
-- title:     Accepted risks are accepted by someone else than their owner, until a date, as large as they are
-- kind:      state
-- subject:   risk
-- controls:  RK-04
-- severity:  high
-- needs:     risk
-- needs:     risk_acceptance empty=ok
-- param:     max_days int = 366 guard <= 400
-- why:       An acceptance that ran out, or that its own owner gave, is no decision of management.
-- remedy:    Ask for a new acceptance with the score of today and have a manager approve it, or treat the risk.
SELECT r.id,
       CASE WHEN r.owner IS NULL THEN NULL
            WHEN coalesce(g.good, 0) > 0 THEN TRUE
            WHEN coalesce(g.unsure, 0) > 0 THEN NULL
            ELSE FALSE END AS ok,
       CASE WHEN r.owner IS NULL THEN 'its owner is not known'
            WHEN g.n IS NULL THEN 'there is no approved acceptance'
            WHEN coalesce(g.unsure, 0) > 0 THEN 'who approved its acceptance and when, or what remains of it, is not known'
            ELSE 'its acceptance has ended, holds for too long, is smaller than the risk, or its owner gave it' END AS reason,
       r.title AS observed,
       r.owner AS owner
  FROM risk r
  LEFT JOIN (SELECT t.risk AS risk, count(t.id) AS n,
                    count(CASE WHEN t.fits IS TRUE THEN 1 END) AS good,
                    count(CASE WHEN t.fits IS NULL THEN 1 END) AS unsure
               FROM (SELECT a.risk AS risk, a.id AS id,
                            (a.approver <> k.owner AND a.approver <> a.owner AND a.ends_at > as_of() AND a.ends_at <= a.accepted_at + days(:max_days)
                             AND k.residual_score <= a.residual_score) AS fits
                       FROM risk_acceptance a
                       JOIN risk k ON k.id = a.risk
                      WHERE a.state = 'approved') t
              GROUP BY t.risk) g ON g.risk = r.id
 WHERE r.state = 'accepted'
