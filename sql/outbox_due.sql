-- What is still to be delivered, the longest due first.
SELECT id, channel, recipient, event, subject, body, about, queued_at, state, attempts, tried_at, next_try_at, status,
       last_error, sent_at
  FROM outbox
 WHERE state IN ('queued', 'failed')
 ORDER BY next_try_at, id
