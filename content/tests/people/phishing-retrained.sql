-- test:      people.phishing-retrained
-- version:   1
-- title:     Everyone who fell for an exercise was trained again within 30 days
-- kind:      event
-- subject:   phishing_result
-- controls:  HR-09
-- severity:  medium
-- needs:     phishing_result
-- needs:     person
-- needs:     course
-- needs:     training empty=ok
-- param:     window_days int = 365 guard >= 90
-- param:     within_days int = 30 guard <= 60
-- why:       The lesson is learned best by those who have just seen how it works.
-- remedy:    Assign the phishing course to who followed the message, in a friendly tone; nobody is punished for it.
SELECT r.id, r.sent_at AS at,
       CASE WHEN coalesce(t.good, 0) > 0 THEN TRUE
            WHEN coalesce(t.unsure, 0) > 0 THEN NULL
            ELSE FALSE END AS ok,
       CASE WHEN coalesce(t.unsure, 0) > 0 THEN 'the score or the day of a training is not recorded'
            ELSE 'no training on phishing was passed in time' END AS reason,
       r.person || ' in ' || r.campaign AS observed, r.person AS owner
  FROM phishing_result r
  LEFT JOIN person p ON p.id = r.person
  LEFT JOIN (SELECT x.id AS of_result,
                    count(CASE WHEN (k.score >= k.pass_score AND k.completed_at >= x.sent_at
                                     AND k.completed_at < x.sent_at + days(:within_days + 1)) IS TRUE THEN 1 END) AS good,
                    count(CASE WHEN k.score IS NULL OR k.completed_at IS NULL THEN 1 END) AS unsure
               FROM phishing_result x
               JOIN training k ON k.person = x.person AND k.state = 'completed'
               JOIN course c ON c.id = k.course AND c.topic IN ('phishing', 'security_awareness')
              WHERE x.clicked
              GROUP BY x.id) t
    ON t.of_result = r.id
 WHERE r.clicked AND (p.state = 'left') IS NOT TRUE
   AND r.sent_at >= as_of() - days(:window_days) AND r.sent_at < as_of() - days(:within_days)
