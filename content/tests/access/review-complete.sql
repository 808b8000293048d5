-- test:      access.review-complete
-- version:   1
-- title:     Everyone whose access a review froze was decided on
-- kind:      event
-- subject:   access_review
-- controls:  AC-05
-- severity:  high
-- needs:     access_review
-- needs:     access_decision
-- param:     window_days int = 190 guard >= 90
-- why:       Reviewing some of the holders looks like a review and finds nothing.
-- remedy:    Decide on those that are pending: attest access_decision list --where review=ID state=pending.
WITH counted AS (
     SELECT r.id AS of_id,
            count(d.id) AS frozen,
            sum(CASE WHEN (d.state = 'pending') IS TRUE THEN 1 ELSE 0 END) AS pending,
            sum(CASE WHEN (d.state <> 'pending') IS TRUE AND d.decision IS NULL THEN 1 ELSE 0 END) AS unnamed
       FROM access_review r
       LEFT JOIN access_decision d ON d.review = r.id
      GROUP BY r.id
)
SELECT r.source, r.id,
       coalesce(r.decided_at, as_of()) AS at,
       CASE WHEN c.frozen = 0 OR c.pending > 0 OR (r.population > c.frozen) IS TRUE THEN FALSE
            WHEN r.population IS NULL OR r.digest IS NULL OR c.unnamed > 0 THEN NULL
            ELSE TRUE END AS ok,
       CASE WHEN c.frozen = 0 THEN 'nothing was decided on'
            WHEN c.pending > 0 THEN 'some decisions are still pending'
            WHEN (r.population > c.frozen) IS TRUE THEN 'fewer decisions than were frozen'
            WHEN c.unnamed > 0 THEN 'what was decided is not known for some'
            ELSE 'how many were frozen, or their digest, is not known' END AS reason,
       CAST(c.frozen - c.pending AS TEXT) || ' of ' || coalesce(CAST(r.population AS TEXT), '?') AS observed,
       r.reviewer AS owner
  FROM access_review r
  JOIN counted c ON c.of_id = r.id
 WHERE r.state IN ('decided', 'closed')
   AND coalesce(r.decided_at, as_of()) >= as_of() - days(:window_days)
