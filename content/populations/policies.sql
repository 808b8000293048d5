-- population: policies
-- title:      Policies
-- made-of:    Every version of every policy that was in force when the period ended, or in work.
-- criteria:   CC5.3
-- period:     in the register when the period ended
-- moment:     end
-- times:      approved_at published_at review_due_at
-- needs:      policy
-- needs:      policy_version empty=ok
SELECT p.id AS policy_id, p.title AS title, p.state AS state, v.version AS version, v.state AS version_state, v.author AS author,
       v.approver AS approver, v.approved_at AS approved_at, v.published_at AS published_at, p.review_due_at AS review_due_at
  FROM policy p LEFT JOIN policy_version v ON v.policy = p.id AND v.state <> 'retired'
 ORDER BY policy_id, version
-- completeness: each active policy has exactly one published version, and versions are numbered without gaps
WITH numbered AS (SELECT r.id AS id FROM policy_version r
               WHERE r.id LIKE 'PV-%' AND trim(substr(r.id, 4), '0123456789') = '' AND substr(r.id, 4, 1) NOT IN ('', '0')),
     highest AS (SELECT max(n.id) AS id FROM numbered n
                  WHERE length(n.id) = (SELECT max(length(m.id)) FROM numbered m))
SELECT 'each active policy has one published version' AS check_name,
       count(*) = 0 AS ok,
       CAST(count(*) AS TEXT) || ' active policies with none or with several' AS observed,
       'none' AS expected
  FROM policy p
 WHERE p.state = 'active'
   AND (SELECT count(*) FROM policy_version v WHERE v.policy = p.id AND v.state = 'published') <> 1
UNION ALL
SELECT 'every number from 1 on is there' AS check_name,
       (coalesce((SELECT h.id FROM highest h), 'PV-0') = 'PV-' || CAST((SELECT count(n.id) FROM numbered n) AS TEXT)) AS ok,
       CAST((SELECT count(n.id) FROM numbered n) AS TEXT) || ' with numbers, '
         || CAST((SELECT count(r.id) FROM policy_version r) - (SELECT count(n.id) FROM numbered n) AS TEXT) || ' with ids of their own' AS observed,
       'the highest is ' || coalesce((SELECT h.id FROM highest h), 'PV-0') AS expected
