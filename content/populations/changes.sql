-- population: changes
-- title:      Changes to production
-- made-of:    Changes that reached the default branch of each collected repository, with the change request that
--             names them. When a change was deployed is known only from its request.
-- criteria:   CC8.1
-- period:     when it reached the default branch
-- moment:     now
-- times:      merged_at deployed_at
-- needs:      change max_age=7d
-- needs:      repository max_age=7d
-- needs:      change_request empty=ok
SELECT c.id AS change_id, c.repository AS repo, c.author AS author, c.approvers AS approvers, c.approved AS approved, c.at AS merged_at,
       c.reference AS reference, q.id AS request, q.released_at AS deployed_at, coalesce(q.kind, 'unknown') AS kind
  FROM change c LEFT JOIN change_request q ON q.repository = c.repository AND q.change_id = c.id
 WHERE (c.at >= :from AND c.at < :to) IS NOT FALSE
 ORDER BY merged_at, change_id
-- completeness: the commits that changes brought are all the commits of the default branch, no history is cut short, and each released request names a change that is there
SELECT 'changes carry every commit of the default branch' AS check_name,
       count(*) = 0 AS ok,
       CAST(count(*) AS TEXT) || ' repositories whose changes and commits do not add up' AS observed,
       'none' AS expected
  FROM repository r
 WHERE r.commits IS DISTINCT FROM
       (SELECT sum(c.commits + CASE WHEN c.merge IS TRUE THEN 1 WHEN c.merge IS FALSE THEN 0 END) FROM change c WHERE c.repository = r.repository)
    OR EXISTS (SELECT 1 FROM change c WHERE c.repository = r.repository AND (c.commits IS NULL OR c.merge IS NULL))
UNION ALL
SELECT 'no history is cut short' AS check_name,
       count(*) = 0 AS ok,
       CAST(count(*) AS TEXT) || ' repositories of which only a part was read' AS observed,
       'none' AS expected
  FROM repository r
 WHERE r.shallow IS NOT FALSE
UNION ALL
SELECT 'each released request names a change that is there' AS check_name,
       count(*) = 0 AS ok,
       CAST(count(*) AS TEXT) || ' released requests whose change no repository knows' AS observed,
       'none' AS expected
  FROM change_request q LEFT JOIN change c ON c.id = q.change_id AND c.repository = coalesce(q.repository, c.repository)
 WHERE q.state IN ('released', 'closed') AND q.change_id IS NOT NULL AND c.id IS NULL
