-- What was written down of an incident, and what was said to people about it.
SELECT x.type AS type, x.id AS id, x.at_time AS at_time, x.kind AS kind, x.words AS words, coalesce(p.name, x.who, '') AS who FROM (
SELECT 'incident_event' AS type, id AS id, occurred_at AS at_time, kind AS kind, entry AS words, author AS who FROM incident_event WHERE incident = {incident}
UNION ALL SELECT 'communication', id, coalesce(sent_at, valid_from), kind, title, sender FROM communication WHERE about = {about}
UNION ALL SELECT 'notification', id, met_at, 'notice', recipient, decided_by FROM notification WHERE incident = {incident} AND met_at IS NOT NULL) x
  LEFT JOIN person p ON p.id = x.who
 ORDER BY x.at_time, x.id LIMIT {limit}
