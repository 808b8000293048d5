-- test:      incident.notification-decided
-- version:   1
-- title:     For each incident that touched data the duties to notify are on record
-- kind:      event
-- subject:   incident
-- controls:  IR-04
-- severity:  high
-- needs:     incident
-- needs:     notification empty=ok
-- param:     window_days int = 380 guard >= 90
-- why:       The clock runs from the moment of knowing, whether or not somebody has thought of it.
-- remedy:    attest notification add incident=ID regime=REGIME started_at=T; where no duty exists, record one and
--            waive it with the reason.
WITH told AS (
     SELECT i.id AS of_id, count(n.id) AS notices
       FROM incident i
       LEFT JOIN notification n ON n.incident = i.id
      GROUP BY i.id
)
SELECT i.source, i.id,
       i.detected_at AS at,
       CASE WHEN t.notices > 0 THEN TRUE
            WHEN i.data_impact IS NULL THEN NULL
            ELSE FALSE END AS ok,
       CASE WHEN i.data_impact IS NULL THEN 'its effect on data was not judged, and no duty to notify is on record'
            ELSE 'it touched data, and no duty to notify is on record' END AS reason,
       i.severity || ' ' || i.kind || ': ' || i.title || ' (' || coalesce(i.data_impact, '?') || ')' AS observed,
       i.commander AS owner
  FROM incident i
  JOIN told t ON t.of_id = i.id
 WHERE i.state IN ('declared', 'contained', 'resolved', 'closed') AND i.data_impact IS DISTINCT FROM 'none'
   AND i.detected_at >= as_of() - days(:window_days)
