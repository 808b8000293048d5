-- population: risks
-- title:      Risks
-- made-of:    The register of risks when the period ended, closed ones included.
-- criteria:   CC3.2
-- period:     in the register when the period ended
-- moment:     end
-- times:      treatment_due_at assessed_at last_review
-- needs:      risk
-- needs:      risk_assessment empty=ok
SELECT r.id AS risk_id, r.title AS title, r.owner AS owner, r.inherent_score AS inherent_score, r.residual_score AS score, r.treatment AS treatment,
       r.treatment_due_at AS treatment_due_at, r.fraud AS fraud, r.change AS change, r.assessed_at AS assessed_at, r.reviewed_at AS last_review, r.state AS state
  FROM risk r
 ORDER BY risk_id
-- completeness: risks are numbered without gaps, and a whole assessment that covers fraud and change was approved in the year before the end of the period
WITH numbered AS (SELECT r.id AS id FROM risk r
               WHERE r.id LIKE 'RISK-%' AND trim(substr(r.id, 6), '0123456789') = '' AND substr(r.id, 6, 1) NOT IN ('', '0')),
     highest AS (SELECT max(n.id) AS id FROM numbered n
                  WHERE length(n.id) = (SELECT max(length(m.id)) FROM numbered m))
SELECT 'every number from 1 on is there' AS check_name,
       (coalesce((SELECT h.id FROM highest h), 'RISK-0') = 'RISK-' || CAST((SELECT count(n.id) FROM numbered n) AS TEXT)) AS ok,
       CAST((SELECT count(n.id) FROM numbered n) AS TEXT) || ' with numbers, '
         || CAST((SELECT count(r.id) FROM risk r) - (SELECT count(n.id) FROM numbered n) AS TEXT) || ' with ids of their own' AS observed,
       'the highest is ' || coalesce((SELECT h.id FROM highest h), 'RISK-0') AS expected
UNION ALL
SELECT 'a whole assessment was approved within a year' AS check_name,
       count(*) >= 1 AS ok,
       CAST(count(*) AS TEXT) || ' approved yearly assessments that cover fraud and change' AS observed,
       '1 or more' AS expected
  FROM risk_assessment a
 WHERE a.kind = 'yearly' AND a.state = 'approved' AND a.covers_fraud IS TRUE AND a.covers_change IS TRUE
   AND (a.approved_at >= :to - days(366) AND a.approved_at < :to) IS TRUE
UNION ALL
SELECT 'fraud and change are among the risks' AS check_name,
       count(*) = 0 AS ok,
       CAST(count(*) AS TEXT) || ' of the two kinds, fraud and change, that no risk stands for' AS observed,
       'none' AS expected
  FROM (SELECT count(r.id) AS n FROM risk r WHERE r.fraud IS TRUE
        UNION ALL
        SELECT count(r.id) AS n FROM risk r WHERE r.change IS TRUE) k
 WHERE k.n = 0
