-- test:      processing.input
-- version:   1
-- title:     What every function takes in is checked, on time and with an answer to what differs
-- kind:      state
-- subject:   processing_spec
-- controls:  PI-02
-- severity:  medium
-- needs:     processing_spec
-- needs:     quality_check empty=ok
-- why:       A wrong value is cheapest to correct at the door.
-- remedy:    Keep a quality_check of stage input for each specification, write down each run, and what was done about what it refused.
SELECT s.id,
       CASE WHEN coalesce(g.bad, 0) > 0 THEN FALSE
            WHEN coalesce(g.unsure, 0) > 0 THEN NULL
            ELSE (coalesce(g.own, 0) > 0) END AS ok,
       CASE WHEN coalesce(g.own, 0) = 0 THEN 'no check looks at what comes in'
            WHEN coalesce(g.bad, 0) > 0 THEN 'a check did not run in time, or failed and nothing was done: ' || coalesce(g.failed, '?')
            ELSE 'how a check ended is not known: ' || coalesce(g.open, '?') END AS reason,
       s.title AS observed,
       s.owner AS owner
  FROM processing_spec s
  LEFT JOIN (SELECT t.spec_id AS spec_id, count(CASE WHEN t.named IS TRUE THEN 1 END) AS own,
                    count(CASE WHEN t.fits IS FALSE THEN 1 END) AS bad,
                    count(CASE WHEN t.fits IS NULL THEN 1 END) AS unsure,
                    min(CASE WHEN t.fits IS FALSE THEN t.id END) AS failed,
                    min(CASE WHEN t.fits IS NULL THEN t.id END) AS open
               FROM (SELECT k.id AS spec_id, q.id AS id, (q.spec = k.id) AS named,
                            (q.last_run_at IS NOT NULL AND coalesce(q.last_run_at, 0) <= as_of()
                             AND coalesce(q.last_run_at, 0) >= as_of()
                                 - CASE q.frequency WHEN 'continuous' THEN days(2) WHEN 'daily' THEN days(2) WHEN 'weekly' THEN days(9)
                                                    WHEN 'monthly' THEN days(35) WHEN 'quarterly' THEN days(100)
                                                    WHEN 'half_yearly' THEN days(195) ELSE days(380) END
                             AND ((q.last_result = 'passed' AND q.last_differences <= q.threshold)
                                  OR (q.last_result = 'failed' AND coalesce(q.last_action, '') <> ''))) AS fits
                       FROM quality_check q
                       JOIN processing_spec k ON (q.spec = k.id) IS NOT FALSE
                      WHERE q.state = 'active' AND q.stage = 'input') t
              GROUP BY t.spec_id) g ON g.spec_id = s.id
 WHERE s.state <> 'retired'
