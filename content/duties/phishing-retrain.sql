-- duty:     phishing-retrain
-- title:    Train again who followed the message
-- why:      The lesson is learned best by those who have just seen how it works.
-- owner:    security_officer
-- lead:     30 days
-- escalate: 7 days
-- priority: medium
SELECT 'phishing_result/' || r.id AS about, 'Take the course on phishing, after ' || c.title AS title, r.person AS owner, r.sent_at + days(30) AS due_at
  FROM phishing_result r
  JOIN phishing_campaign c ON c.id = r.campaign
  JOIN person p ON p.id = r.person
 WHERE r.clicked AND p.state = 'active' AND r.sent_at >= as_of() - days(180)
   AND NOT EXISTS (SELECT 1 FROM training t JOIN course k ON k.id = t.course AND k.topic IN ('phishing', 'security_awareness')
                    WHERE t.person = r.person AND t.state = 'completed' AND t.completed_at >= r.sent_at)
