-- population: processing_jobs
-- title:      Reconciliations of processing
-- made-of:    For each processing that is specified, the reconciliations whose period ended in this one: what went
--             in, what came out. The single jobs of a scheduler are not read.
-- criteria:   PI1.2 PI1.3 PI1.4 PI1.5
-- period:     the end of the period that was reconciled
-- moment:     now
-- times:      run_at period_from
-- needs:      processing_spec
-- needs:      reconciliation empty=ok
SELECT r.id AS job_id, r.spec AS spec, r.period_from AS period_from, r.period_to AS run_at, r.state AS status, r.measure AS measure,
       r.expected AS records_in, r.actual AS records_out, r.difference AS difference, r.explanation AS explanation, r.reviewer AS reviewer
  FROM reconciliation r
 WHERE r.period_to >= :from AND r.period_to < :to
 ORDER BY run_at, job_id
-- completeness: reconciliations are numbered without gaps, and each published specification has as many in the period as its cadence asks for
WITH numbered AS (SELECT r.id AS id FROM reconciliation r
               WHERE r.id LIKE 'REC-%' AND trim(substr(r.id, 5), '0123456789') = '' AND substr(r.id, 5, 1) NOT IN ('', '0')),
     highest AS (SELECT max(n.id) AS id FROM numbered n
                  WHERE length(n.id) = (SELECT max(length(m.id)) FROM numbered m))
SELECT 'every number from 1 on is there' AS check_name,
       (coalesce((SELECT h.id FROM highest h), 'REC-0') = 'REC-' || CAST((SELECT count(n.id) FROM numbered n) AS TEXT)) AS ok,
       CAST((SELECT count(n.id) FROM numbered n) AS TEXT) || ' with numbers, '
         || CAST((SELECT count(r.id) FROM reconciliation r) - (SELECT count(n.id) FROM numbered n) AS TEXT) || ' with ids of their own' AS observed,
       'the highest is ' || coalesce((SELECT h.id FROM highest h), 'REC-0') AS expected
UNION ALL
SELECT 'each specification was reconciled as often as it says' AS check_name,
       count(*) = 0 AS ok,
       CAST(count(*) AS TEXT) || ' specifications with fewer reconciliations' AS observed,
       'none' AS expected
  FROM processing_spec s
 WHERE s.state = 'published' AND s.reconciliation_cadence <> 'none'
   AND (SELECT count(*) FROM reconciliation r
         WHERE r.spec = s.id AND r.state <> 'rejected' AND r.period_to >= :from AND r.period_to < :to + days(1))
       < (:to - :from) / CASE WHEN s.reconciliation_cadence = 'daily' THEN days(1) WHEN s.reconciliation_cadence = 'weekly' THEN days(7)
                              WHEN s.reconciliation_cadence = 'monthly' THEN days(31) ELSE days(92) END
UNION ALL
SELECT 'every specification that reconciles is published' AS check_name,
       count(*) = 0 AS ok,
       CAST(count(*) AS TEXT) || ' specifications that reconcile and are only approved' AS observed,
       'none' AS expected
  FROM processing_spec s
 WHERE s.state = 'approved' AND s.reconciliation_cadence <> 'none'
