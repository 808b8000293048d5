-- population: access_reviews
-- title:      Reviews of access
-- made-of:    The review campaigns that were due or closed in the period, each with the decisions taken in it.
-- criteria:   CC6.2 CC6.3
-- period:     when it was due, or closed
-- moment:     now
-- times:      due_at completed_at
-- needs:      access_review
-- needs:      access_decision empty=ok
-- needs:      account max_age=7d
SELECT v.id AS review_id, v.kind AS kind, v.system AS system, v.period AS period, v.reviewer AS reviewer, v.due_at AS due_at,
       v.closed_at AS completed_at, v.state AS state, v.population AS accounts,
       coalesce(t.decisions, 0) AS decisions, coalesce(t.revoked, 0) AS revoked
  FROM access_review v
  LEFT JOIN (SELECT d.review AS review, count(d.decision) AS decisions, count(CASE WHEN d.decision = 'revoke' THEN 1 END) AS revoked
               FROM access_decision d GROUP BY d.review) t ON t.review = v.id
 WHERE (v.due_at >= :from AND v.due_at < :to) OR (v.closed_at >= :from AND v.closed_at < :to) IS TRUE
 ORDER BY due_at, review_id
-- completeness: each system with accounts was reviewed every quarter, each review has a decision for each account it froze, and reviews are numbered without gaps
WITH numbered AS (SELECT r.id AS id FROM access_review r
               WHERE r.id LIKE 'REV-%' AND trim(substr(r.id, 5), '0123456789') = '' AND substr(r.id, 5, 1) NOT IN ('', '0')),
     highest AS (SELECT max(n.id) AS id FROM numbered n
                  WHERE length(n.id) = (SELECT max(length(m.id)) FROM numbered m))
SELECT 'each system was reviewed every quarter' AS check_name,
       count(*) = 0 AS ok,
       CAST(count(*) AS TEXT) || ' systems with fewer reviews' AS observed,
       CAST((:to - :from) / days(92) AS TEXT) || ' or more closed reviews of each system with accounts' AS expected
  FROM (SELECT DISTINCT a.system AS system FROM account a) s
 WHERE (SELECT count(*) FROM access_review v
         WHERE v.system = s.system AND v.kind = 'account' AND v.state = 'closed'
           AND (v.closed_at >= :from AND v.closed_at < :to + days(31)) IS TRUE) < (:to - :from) / days(92)
UNION ALL
SELECT 'each review decided on every account it froze' AS check_name,
       count(*) = 0 AS ok,
       CAST(count(*) AS TEXT) || ' reviews whose decisions are not as many as their accounts' AS observed,
       'none' AS expected
  FROM access_review v
  LEFT JOIN (SELECT d.review AS review, count(d.decision) AS decisions FROM access_decision d GROUP BY d.review) t ON t.review = v.id
 WHERE v.state IN ('decided', 'closed') AND v.population IS DISTINCT FROM coalesce(t.decisions, 0)
UNION ALL
SELECT 'every number from 1 on is there' AS check_name,
       (coalesce((SELECT h.id FROM highest h), 'REV-0') = 'REV-' || CAST((SELECT count(n.id) FROM numbered n) AS TEXT)) AS ok,
       CAST((SELECT count(n.id) FROM numbered n) AS TEXT) || ' with numbers, '
         || CAST((SELECT count(r.id) FROM access_review r) - (SELECT count(n.id) FROM numbered n) AS TEXT) || ' with ids of their own' AS observed,
       'the highest is ' || coalesce((SELECT h.id FROM highest h), 'REV-0') AS expected
