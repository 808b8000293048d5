-- population: training
-- title:      Training
-- made-of:    The training that was due or completed in the period.
-- criteria:   CC1.4 CC2.2
-- period:     when it was due, or completed
-- moment:     now
-- times:      due completed_at
-- needs:      training
-- needs:      course
-- needs:      person
SELECT t.id AS training_id, t.person AS person_id, t.course AS course, t.due_at AS due, t.completed_at AS completed_at, t.score AS score,
       t.pass_score AS pass_score, t.state AS state
  FROM training t
 WHERE (t.due_at >= :from AND t.due_at < :to) OR (t.completed_at >= :from AND t.completed_at < :to) IS TRUE
 ORDER BY due, training_id
-- completeness: everyone who works here was assigned every course that is for everyone, and assignments are numbered without gaps
WITH numbered AS (SELECT r.id AS id FROM training r
               WHERE r.id LIKE 'TRN-%' AND trim(substr(r.id, 5), '0123456789') = '' AND substr(r.id, 5, 1) NOT IN ('', '0')),
     highest AS (SELECT max(n.id) AS id FROM numbered n
                  WHERE length(n.id) = (SELECT max(length(m.id)) FROM numbered m))
SELECT 'every number from 1 on is there' AS check_name,
       (coalesce((SELECT h.id FROM highest h), 'TRN-0') = 'TRN-' || CAST((SELECT count(n.id) FROM numbered n) AS TEXT)) AS ok,
       CAST((SELECT count(n.id) FROM numbered n) AS TEXT) || ' with numbers, '
         || CAST((SELECT count(r.id) FROM training r) - (SELECT count(n.id) FROM numbered n) AS TEXT) || ' with ids of their own' AS observed,
       'the highest is ' || coalesce((SELECT h.id FROM highest h), 'TRN-0') AS expected
UNION ALL
SELECT 'everyone was assigned what is for everyone' AS check_name,
       count(*) = 0 AS ok,
       CAST(count(*) AS TEXT) || ' courses of people that were never assigned' AS observed,
       'none' AS expected
  FROM person p CROSS JOIN course k LEFT JOIN training t ON t.person = p.id AND t.course = k.id
 WHERE p.state = 'active' AND p.kind IS DISTINCT FROM 'director'
   AND k.state = 'active' AND k.mandatory IS NOT FALSE AND k.addressees = 'everyone' AND t.id IS NULL
