-- The outbox, newest first.
SELECT id, channel, recipient, event, subject, body, about, queued_at, state, attempts, tried_at, next_try_at, status,
       last_error, sent_at
  FROM outbox
 ORDER BY queued_at DESC, id DESC
 LIMIT 1000
