-- population: data_subject_requests
-- title:      Requests of data subjects
-- made-of:    The requests that were received in the period, or were still open in it.
-- criteria:   P4.3 P5.1 P5.2 P6.7
-- period:     received in the period, or open in it
-- moment:     now
-- times:      received_at due closed_at
-- needs:      subject_request
-- needs:      register empty=ok
SELECT q.id AS request_id, q.kind AS type, q.regime AS regime, q.received_at AS received_at, coalesce(q.extended_due_at, q.due_at) AS due,
       q.answered_at AS closed_at, q.owner AS owner, q.outcome AS outcome, q.state AS state
  FROM subject_request q
 WHERE q.received_at < :to AND (coalesce(q.answered_at, q.received_at) >= :from OR q.state IN ('received', 'verified', 'extended'))
 ORDER BY received_at, request_id
-- completeness: requests are numbered without gaps, what is answered has its day, and the register was compared with the mailbox
WITH numbered AS (SELECT r.id AS id FROM subject_request r
               WHERE r.id LIKE 'DSR-%' AND trim(substr(r.id, 5), '0123456789') = '' AND substr(r.id, 5, 1) NOT IN ('', '0')),
     highest AS (SELECT max(n.id) AS id FROM numbered n
                  WHERE length(n.id) = (SELECT max(length(m.id)) FROM numbered m))
SELECT 'every number from 1 on is there' AS check_name,
       (coalesce((SELECT h.id FROM highest h), 'DSR-0') = 'DSR-' || CAST((SELECT count(n.id) FROM numbered n) AS TEXT)) AS ok,
       CAST((SELECT count(n.id) FROM numbered n) AS TEXT) || ' with numbers, '
         || CAST((SELECT count(r.id) FROM subject_request r) - (SELECT count(n.id) FROM numbered n) AS TEXT) || ' with ids of their own' AS observed,
       'the highest is ' || coalesce((SELECT h.id FROM highest h), 'DSR-0') AS expected
UNION ALL
SELECT 'what is answered or refused has its day' AS check_name,
       count(*) = 0 AS ok,
       CAST(count(*) AS TEXT) || ' closed requests without the day they were closed' AS observed,
       'none' AS expected
  FROM subject_request q
 WHERE q.state IN ('answered', 'denied') AND q.answered_at IS NULL
UNION ALL
SELECT 'the register was compared with the mailbox' AS check_name,
       coalesce(max(r.confirmed_at), 0) >= least(:to, as_of()) - days(31) AS ok,
       coalesce(max('confirmed against: ' || r.basis), 'never confirmed') AS observed,
       'confirmed in the last month of the period, or after it' AS expected
  FROM register r
 WHERE r.id = 'subject_request'
