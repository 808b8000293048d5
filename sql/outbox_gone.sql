-- Endpoints that said they want no more (410) and took nothing since.
SELECT DISTINCT g.recipient AS recipient
  FROM outbox g
 WHERE g.channel = 'webhook' AND g.status = 410
   AND NOT EXISTS (SELECT 1 FROM outbox s
                    WHERE s.channel = 'webhook' AND s.recipient = g.recipient AND s.state = 'sent' AND s.tried_at > g.tried_at)
