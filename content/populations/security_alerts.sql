-- population: security_alerts
-- title:      Security events that were judged
-- made-of:    Events that people or tools reported and somebody judged: the incident register with what turned out
--             to be none. Alerts that a monitoring system closed by itself are not in it; no such system is read
--             yet.
-- criteria:   CC7.2 CC7.3
-- period:     when it was noticed
-- moment:     now
-- times:      raised_at triaged_at
-- needs:      incident
-- needs:      log_review empty=ok
-- needs:      register empty=ok
SELECT i.id AS alert_id, i.kind AS rule, i.title AS title, i.detected_at AS raised_at, i.triaged_at AS triaged_at,
       i.triaged_by AS triaged_by, i.state AS outcome
  FROM incident i
 WHERE i.detected_at >= :from AND i.detected_at < :to
 ORDER BY raised_at, alert_id
-- completeness: events are numbered without gaps, security logs were reviewed every month, and the register was compared with the count of the monitoring system
WITH numbered AS (SELECT r.id AS id FROM incident r
               WHERE r.id LIKE 'INC-%' AND trim(substr(r.id, 5), '0123456789') = '' AND substr(r.id, 5, 1) NOT IN ('', '0')),
     highest AS (SELECT max(n.id) AS id FROM numbered n
                  WHERE length(n.id) = (SELECT max(length(m.id)) FROM numbered m))
SELECT 'every number from 1 on is there' AS check_name,
       (coalesce((SELECT h.id FROM highest h), 'INC-0') = 'INC-' || CAST((SELECT count(n.id) FROM numbered n) AS TEXT)) AS ok,
       CAST((SELECT count(n.id) FROM numbered n) AS TEXT) || ' with numbers, '
         || CAST((SELECT count(r.id) FROM incident r) - (SELECT count(n.id) FROM numbered n) AS TEXT) || ' with ids of their own' AS observed,
       'the highest is ' || coalesce((SELECT h.id FROM highest h), 'INC-0') AS expected
UNION ALL
SELECT 'security logs were reviewed every month' AS check_name,
       count(*) >= (:to - :from) / days(31) AS ok,
       CAST(count(*) AS TEXT) || ' reviews' AS observed,
       CAST((:to - :from) / days(31) AS TEXT) || ' or more' AS expected
  FROM log_review v
 WHERE v.kind = 'security' AND v.performed_at >= :from AND v.performed_at < :to + days(7)
UNION ALL
SELECT 'the register was compared with the count of the monitoring system' AS check_name,
       coalesce(max(r.confirmed_at), 0) >= least(:to, as_of()) - days(31) AS ok,
       coalesce(max('confirmed against: ' || r.basis), 'never confirmed') AS observed,
       'confirmed in the last month of the period, or after it' AS expected
  FROM register r
 WHERE r.id = 'incident'
