-- The review of the same system before this one that was carried out.
SELECT id, period, closed_at FROM access_review
 WHERE system = {system} AND kind = {kind} AND id <> {review} AND state IN ('decided', 'closed')
   AND coalesce(started_at, 0) < coalesce({started}, as_of())
 ORDER BY started_at DESC, id LIMIT 1
