-- population: emergency_changes
-- title:      Emergency changes
-- made-of:    Change requests of the emergency kind that were released in the period, or on a day that is not
--             known. A part of the changes.
-- criteria:   CC8.1
-- period:     when it was released
-- moment:     now
-- times:      deployed_at retro_approval_at
-- needs:      change_request
-- needs:      change max_age=7d
SELECT q.id AS request_id, q.change_id AS change_id, q.repository AS repo, q.title AS reason, q.author AS author, q.incident AS incident,
       q.released_at AS deployed_at, q.approver AS approver, q.approved_at AS retro_approval_at, q.state AS state
  FROM change_request q
 WHERE q.kind = 'emergency' AND q.state NOT IN ('draft', 'cancelled') AND (q.released_at >= :from AND q.released_at < :to) IS NOT FALSE
 ORDER BY deployed_at, request_id
-- completeness: change requests are numbered without gaps, each emergency names a change of a repository, and each change that nobody is known to have approved has a request
WITH numbered AS (SELECT r.id AS id FROM change_request r
               WHERE r.id LIKE 'CHG-%' AND trim(substr(r.id, 5), '0123456789') = '' AND substr(r.id, 5, 1) NOT IN ('', '0')),
     highest AS (SELECT max(n.id) AS id FROM numbered n
                  WHERE length(n.id) = (SELECT max(length(m.id)) FROM numbered m))
SELECT 'every number from 1 on is there' AS check_name,
       (coalesce((SELECT h.id FROM highest h), 'CHG-0') = 'CHG-' || CAST((SELECT count(n.id) FROM numbered n) AS TEXT)) AS ok,
       CAST((SELECT count(n.id) FROM numbered n) AS TEXT) || ' with numbers, '
         || CAST((SELECT count(r.id) FROM change_request r) - (SELECT count(n.id) FROM numbered n) AS TEXT) || ' with ids of their own' AS observed,
       'the highest is ' || coalesce((SELECT h.id FROM highest h), 'CHG-0') AS expected
UNION ALL
SELECT 'each released emergency is among the changes' AS check_name,
       count(*) = 0 AS ok,
       CAST(count(*) AS TEXT) || ' released emergencies whose change no repository knows' AS observed,
       'none' AS expected
  FROM change_request q LEFT JOIN change c ON c.id = q.change_id AND c.repository = q.repository
 WHERE q.kind = 'emergency' AND q.state IN ('released', 'closed', 'backed_out') AND c.id IS NULL
UNION ALL
SELECT 'what was merged without approval is on record' AS check_name,
       CASE WHEN count(*) = 0 THEN TRUE WHEN sum(CASE WHEN c.approved IS FALSE THEN 1 ELSE 0 END) > 0 THEN FALSE END AS ok,
       CAST(count(*) AS TEXT) || ' changes of the period that nobody is known to have approved and no request names' AS observed,
       'none' AS expected
  FROM change c LEFT JOIN change_request q
       ON q.change_id = c.id AND q.repository = c.repository AND q.state IN ('approved', 'released', 'closed', 'backed_out')
 WHERE c.approved IS NOT TRUE AND (c.at >= :from AND c.at < :to) IS NOT FALSE AND q.id IS NULL
