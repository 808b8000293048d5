-- test:      communication.outages
-- version:   1
-- title:     Customers heard of every serious outage of the last year within hours
-- kind:      event
-- subject:   incident
-- controls:  CM-06
-- severity:  high
-- needs:     incident
-- needs:     communication empty=ok
-- param:     window_days int = 365 guard >= 90
-- param:     within_hours int = 4 guard <= 24
-- why:       Customers forgive an outage sooner than silence.
-- remedy:    Post on the status page as soon as an outage is known, and record the notice with about=incident/ID.
SELECT i.id, i.detected_at AS at,
       CASE WHEN coalesce(c.first_at, as_of()) <= i.detected_at + hours(:within_hours) AND c.first_at IS NOT NULL THEN TRUE
            WHEN coalesce(c.undated, 0) > 0 THEN NULL
            ELSE FALSE END AS ok,
       CASE WHEN c.of_incident IS NULL THEN 'no notice to customers is on record'
            WHEN c.first_at IS NULL THEN 'when customers were told is not recorded'
            ELSE 'customers were told late' END AS reason,
       i.title AS observed, i.commander AS owner
  FROM incident i
  LEFT JOIN (SELECT n.about AS of_incident, min(n.sent_at) AS first_at,
                    count(CASE WHEN n.sent_at IS NULL THEN 1 END) AS undated
               FROM communication n
              WHERE n.kind = 'external' AND n.state = 'sent' AND n.about IS NOT NULL
              GROUP BY n.about) c
    ON (c.of_incident = 'incident/' || i.id) IS TRUE
 WHERE i.kind = 'availability' AND i.severity IN ('critical', 'high')
   AND i.state IN ('declared', 'contained', 'resolved', 'closed')
   AND i.detected_at >= as_of() - days(:window_days) AND i.detected_at < as_of() - hours(:within_hours)
