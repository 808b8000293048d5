-- test:      incident.led
-- version:   1
-- title:     Each declared incident has somebody who leads, a time line and, at its end, what it affected
-- kind:      event
-- subject:   incident
-- controls:  IR-03
-- severity:  medium
-- needs:     incident
-- needs:     incident_event empty=ok
-- param:     window_days int = 380 guard >= 90
-- why:       Without one who leads, two people repair and nobody tells; without a time line nobody knows later what was done.
-- remedy:    attest incident edit ID commander=P; attest incident_event add incident=ID kind=action
--            occurred_at=T entry=TEXT.
WITH lines AS (
     SELECT i.id AS of_id, count(e.id) AS entries
       FROM incident i
       LEFT JOIN incident_event e ON e.incident = i.id
      GROUP BY i.id
)
SELECT i.source, i.id,
       i.detected_at AS at,
       CASE WHEN i.commander IS NOT NULL AND l.entries > 0 AND (i.affected IS NOT NULL OR i.state IN ('declared', 'contained'))
            THEN TRUE ELSE FALSE END AS ok,
       CASE WHEN i.commander IS NULL THEN 'nobody is named who leads'
            WHEN l.entries = 0 THEN 'there is no time line'
            ELSE 'who and what was affected is not recorded' END AS reason,
       i.severity || ' ' || i.kind || ': ' || i.title AS observed,
       i.commander AS owner
  FROM incident i
  JOIN lines l ON l.of_id = i.id
 WHERE i.state IN ('declared', 'contained', 'resolved', 'closed') AND i.detected_at >= as_of() - days(:window_days)
