-- population: incidents
-- title:      Incidents
-- made-of:    The incidents of the register that were noticed in the period, those found to be none included.
-- criteria:   CC7.3 CC7.4 CC7.5
-- period:     when it was noticed
-- moment:     now
-- times:      detected_at declared_at resolved_at closed_at
-- needs:      incident
-- needs:      log_review empty=ok
-- needs:      communication empty=ok
-- needs:      register empty=ok
SELECT i.id AS incident_id, i.title AS title, i.severity AS severity, i.kind AS kind, i.detected_at AS detected_at,
       i.declared_at AS declared_at, i.resolved_at AS resolved_at, i.closed_at AS closed_at, i.data_impact AS data_impact, i.state AS state
  FROM incident i
 WHERE i.detected_at >= :from AND i.detected_at < :to
 ORDER BY detected_at, incident_id
-- completeness: incidents are numbered without gaps, log reviews and notices that speak of one name one, and the register was compared with the pager and the status page
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
SELECT 'log reviews that found an incident name it' AS check_name,
       count(*) = 0 AS ok,
       CAST(count(*) AS TEXT) || ' reviews of the period that found an incident and name none' AS observed,
       'none' AS expected
  FROM log_review v
 WHERE v.outcome = 'incident' AND v.incident IS NULL AND v.performed_at >= :from AND v.performed_at < :to
UNION ALL
SELECT 'notices of outages and incidents belong to one' AS check_name,
       count(*) = 0 AS ok,
       CAST(count(*) AS TEXT) || ' notices of the period that name no incident' AS observed,
       'none' AS expected
  FROM communication m
 WHERE m.state = 'sent' AND (m.topic IN ('outage', 'incident')) IS TRUE AND (m.sent_at >= :from AND m.sent_at < :to) IS NOT FALSE
   AND (m.about LIKE 'incident/%') IS NOT TRUE
UNION ALL
SELECT 'the register was compared with the pager and the status page' AS check_name,
       coalesce(max(r.confirmed_at), 0) >= least(:to, as_of()) - days(31) AS ok,
       coalesce(max('confirmed against: ' || r.basis), 'never confirmed') AS observed,
       'confirmed in the last month of the period, or after it' AS expected
  FROM register r
 WHERE r.id = 'incident'
