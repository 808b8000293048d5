-- test:      communication.changes-announced
-- version:   1
-- title:     Colleagues were told of every risky change of the last 180 days before its release
-- kind:      event
-- subject:   change_request
-- controls:  CM-03
-- severity:  low
-- needs:     change_request
-- needs:     communication empty=ok
-- param:     window_days int = 180 guard >= 90
-- why:       Support cannot explain, and operations cannot watch, what they have not heard of.
-- remedy:    Tell support, sales and operations before the release, and record the notice with about=change_request/ID.
SELECT r.id, coalesce(r.released_at, as_of()) AS at,
       CASE WHEN r.released_at IS NULL THEN NULL
            WHEN (c.first_at <= r.released_at) IS TRUE THEN TRUE
            WHEN coalesce(c.undated, 0) > 0 THEN NULL
            ELSE FALSE END AS ok,
       CASE WHEN r.released_at IS NULL THEN 'when it was released is not known'
            WHEN c.of_change IS NULL THEN 'no notice inside is on record'
            WHEN c.first_at IS NULL THEN 'when colleagues were told is not recorded'
            ELSE 'colleagues were told afterwards' END AS reason,
       r.title AS observed, r.author AS owner
  FROM change_request r
  LEFT JOIN (SELECT n.about AS of_change, min(n.sent_at) AS first_at,
                    count(CASE WHEN n.sent_at IS NULL THEN 1 END) AS undated
               FROM communication n
              WHERE n.kind = 'internal' AND n.state = 'sent' AND n.about IS NOT NULL
              GROUP BY n.about) c
    ON (c.of_change = 'change_request/' || r.id) IS TRUE
 WHERE r.risk = 'high' AND r.kind <> 'emergency' AND r.state IN ('released', 'closed', 'backed_out')
   AND (r.released_at >= as_of() - days(:window_days)) IS NOT FALSE
