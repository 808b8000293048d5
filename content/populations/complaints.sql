-- population: complaints
-- title:      Complaints about privacy
-- made-of:    The complaints, inquiries and disputes that were received in the period, or were still open in it.
-- criteria:   P8.1
-- period:     received in the period, or open in it
-- moment:     now
-- times:      received_at due closed_at
-- needs:      complaint
-- needs:      register empty=ok
SELECT c.id AS id, c.kind AS type, c.title AS title, c.received_at AS received_at, c.due_at AS due, c.answered_at AS closed_at, c.owner AS owner,
       c.outcome AS outcome, c.state AS state
  FROM complaint c
 WHERE c.received_at < :to AND (coalesce(c.answered_at, c.received_at) >= :from OR c.state = 'received')
 ORDER BY received_at, id
-- completeness: complaints are numbered without gaps, what is answered has its day, and the register was compared with the mailbox
WITH numbered AS (SELECT r.id AS id FROM complaint r
               WHERE r.id LIKE 'CMP-%' AND trim(substr(r.id, 5), '0123456789') = '' AND substr(r.id, 5, 1) NOT IN ('', '0')),
     highest AS (SELECT max(n.id) AS id FROM numbered n
                  WHERE length(n.id) = (SELECT max(length(m.id)) FROM numbered m))
SELECT 'every number from 1 on is there' AS check_name,
       (coalesce((SELECT h.id FROM highest h), 'CMP-0') = 'CMP-' || CAST((SELECT count(n.id) FROM numbered n) AS TEXT)) AS ok,
       CAST((SELECT count(n.id) FROM numbered n) AS TEXT) || ' with numbers, '
         || CAST((SELECT count(r.id) FROM complaint r) - (SELECT count(n.id) FROM numbered n) AS TEXT) || ' with ids of their own' AS observed,
       'the highest is ' || coalesce((SELECT h.id FROM highest h), 'CMP-0') AS expected
UNION ALL
SELECT 'what is answered has its day' AS check_name,
       count(*) = 0 AS ok,
       CAST(count(*) AS TEXT) || ' answered complaints without the day' AS observed,
       'none' AS expected
  FROM complaint c
 WHERE c.state = 'answered' AND c.answered_at IS NULL
UNION ALL
SELECT 'the register was compared with the mailbox' AS check_name,
       coalesce(max(r.confirmed_at), 0) >= least(:to, as_of()) - days(31) AS ok,
       coalesce(max('confirmed against: ' || r.basis), 'never confirmed') AS observed,
       'confirmed in the last month of the period, or after it' AS expected
  FROM register r
 WHERE r.id = 'complaint'
