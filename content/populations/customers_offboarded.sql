-- population: customers_offboarded
-- title:      Customers who left
-- made-of:    The customers whose contract ended in the period, or on a day that is not known, with the deletion
--             of their data.
-- criteria:   C1.2
-- period:     when the contract ended
-- moment:     now
-- times:      ended_at delete_due_at deleted_at
-- needs:      customer
-- needs:      register empty=ok
SELECT c.id AS customer_id, c.name AS name, c.ended_at AS ended_at, c.delete_due_at AS delete_due_at, c.deleted_at AS deleted_at, c.proof AS proof,
       c.verified_by AS verified_by, c.legal_hold AS legal_hold, c.state AS state
  FROM customer c
 WHERE c.state <> 'active' AND (c.ended_at >= :from AND c.ended_at < :to) IS NOT FALSE
 ORDER BY ended_at, customer_id
-- completeness: customers roll forward, days and states agree, they are numbered without gaps, and the register was compared with the billing list
WITH numbered AS (SELECT r.id AS id FROM customer r
               WHERE r.id LIKE 'CUST-%' AND trim(substr(r.id, 6), '0123456789') = '' AND substr(r.id, 6, 1) NOT IN ('', '0')),
     highest AS (SELECT max(n.id) AS id FROM numbered n
                  WHERE length(n.id) = (SELECT max(length(m.id)) FROM numbered m))
SELECT 'opening + won - ended = closing' AS check_name,
       (o.n + j.n - l.n = c.n) AS ok,
       CAST(o.n AS TEXT) || ' + ' || CAST(j.n AS TEXT) || ' - ' || CAST(l.n AS TEXT) || ' = ' || CAST(o.n + j.n - l.n AS TEXT) AS observed,
       CAST(c.n AS TEXT) || ' when the period ended' AS expected
  FROM (SELECT count(*) AS n FROM customer s WHERE s.started_at < :from AND coalesce(s.ended_at, :to) >= :from) o,
       (SELECT count(*) AS n FROM customer s WHERE s.started_at >= :from AND s.started_at < :to) j,
       (SELECT count(*) AS n FROM customer s WHERE s.ended_at >= :from AND s.ended_at < :to) l,
       (SELECT count(*) AS n FROM customer s WHERE s.started_at < :to AND coalesce(s.ended_at, :to) >= :to) c
UNION ALL
SELECT 'days and states of customers agree' AS check_name,
       count(*) = 0 AS ok,
       CAST(count(*) AS TEXT) || ' customers whose state says otherwise than their days' AS observed,
       'none' AS expected
  FROM customer c
 WHERE c.started_at IS NULL
    OR (c.state = 'active' AND (c.ended_at < as_of() - days(2)) IS TRUE)
    OR (c.state IN ('ended', 'deleted') AND c.ended_at IS NULL)
    OR (c.ended_at < c.started_at) IS TRUE
UNION ALL
SELECT 'every number from 1 on is there' AS check_name,
       (coalesce((SELECT h.id FROM highest h), 'CUST-0') = 'CUST-' || CAST((SELECT count(n.id) FROM numbered n) AS TEXT)) AS ok,
       CAST((SELECT count(n.id) FROM numbered n) AS TEXT) || ' with numbers, '
         || CAST((SELECT count(r.id) FROM customer r) - (SELECT count(n.id) FROM numbered n) AS TEXT) || ' with ids of their own' AS observed,
       'the highest is ' || coalesce((SELECT h.id FROM highest h), 'CUST-0') AS expected
UNION ALL
SELECT 'the register was compared with the billing list' AS check_name,
       coalesce(max(r.confirmed_at), 0) >= least(:to, as_of()) - days(31) AS ok,
       coalesce(max('confirmed against: ' || r.basis), 'never confirmed') AS observed,
       'confirmed in the last month of the period, or after it' AS expected
  FROM register r
 WHERE r.id = 'customer'
