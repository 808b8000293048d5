-- test:      people.phishing-held
-- version:   1
-- title:     A phishing exercise was held within the last year, and its results are on record
-- kind:      state
-- subject:   -
-- controls:  HR-09
-- severity:  low
-- needs:     phishing_campaign
-- needs:     phishing_result empty=ok
-- param:     max_days int = 365 guard <= 400
-- why:       Only practice shows who reports a strange message, and how fast.
-- remedy:    Run a campaign, record what each person did (attest phishing_result import), and close it.
SELECT 'phishing exercise' AS item,
       CASE WHEN count(CASE WHEN (c.ends_at >= as_of() - days(:max_days) AND c.ends_at <= as_of()) IS TRUE
                             AND coalesce(r.n, 0) > 0 THEN 1 END) > 0 THEN TRUE
            WHEN count(CASE WHEN c.ends_at IS NULL AND coalesce(r.n, 0) > 0 THEN 1 END) > 0 THEN NULL
            ELSE FALSE END AS ok,
       CASE WHEN count(c.id) = 0 THEN 'none is closed' ELSE 'none with results is recent enough' END AS reason,
       CAST(count(c.id) AS TEXT) || ' closed exercises' AS observed
  FROM phishing_campaign c
  LEFT JOIN (SELECT campaign AS of_campaign, count(*) AS n FROM phishing_result GROUP BY campaign) r ON r.of_campaign = c.id
 WHERE c.state = 'closed'
