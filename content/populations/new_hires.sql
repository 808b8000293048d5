-- population: new_hires
-- title:      People who joined
-- made-of:    The people of the register whose first day lies in the period, or is not known. The payroll is not
--             read: somebody compares it and confirms the register.
-- criteria:   CC1.1 CC1.4 CC6.2
-- period:     first day of work
-- moment:     now
-- times:      start_date
-- needs:      person
-- needs:      account max_age=7d
-- needs:      register empty=ok
SELECT p.id AS employee_id, p.kind AS type, p.job_title AS role, p.starts_at AS start_date, p.manager AS manager, p.state AS state
  FROM person p
 WHERE (p.starts_at >= :from AND p.starts_at < :to) IS NOT FALSE
   AND (p.state <> 'planned' OR p.starts_at IS NOT NULL)
 ORDER BY start_date, employee_id
-- completeness: headcount rolls forward, days and states agree, accounts know nobody whom the register does not, and the register was compared with the payroll
WITH staff AS (SELECT p.starts_at AS starts_at, p.ends_at AS ends_at FROM person p WHERE p.state <> 'planned')
SELECT 'opening + joiners - leavers = closing' AS check_name,
       (o.n + j.n - l.n = c.n) AS ok,
       CAST(o.n AS TEXT) || ' + ' || CAST(j.n AS TEXT) || ' - ' || CAST(l.n AS TEXT) || ' = ' || CAST(o.n + j.n - l.n AS TEXT) AS observed,
       CAST(c.n AS TEXT) || ' here when the period ended' AS expected
  FROM (SELECT count(*) AS n FROM staff s WHERE s.starts_at < :from AND coalesce(s.ends_at, :to) >= :from) o,
       (SELECT count(*) AS n FROM staff s WHERE s.starts_at >= :from AND s.starts_at < :to) j,
       (SELECT count(*) AS n FROM staff s WHERE s.ends_at >= :from AND s.ends_at < :to) l,
       (SELECT count(*) AS n FROM staff s WHERE s.starts_at < :to AND coalesce(s.ends_at, :to) >= :to) c
UNION ALL
SELECT 'days and states of people agree' AS check_name,
       count(*) = 0 AS ok,
       CAST(count(*) AS TEXT) || ' people whose state says otherwise than their first and last day' AS observed,
       'none' AS expected
  FROM person p
 WHERE (p.state = 'planned' AND (p.starts_at < as_of() - days(1)) IS TRUE)
    OR (p.state IN ('active', 'on_leave')
        AND (p.starts_at IS NULL OR (p.starts_at > as_of()) IS TRUE OR (p.ends_at < as_of() - days(2)) IS TRUE))
    OR (p.state = 'left' AND (p.ends_at IS NULL OR p.starts_at IS NULL OR (p.ends_at < p.starts_at) IS TRUE))
UNION ALL
SELECT 'every open account of a person is known to the register' AS check_name,
       count(*) = 0 AS ok,
       CAST(count(*) AS TEXT) || ' open accounts that name a person who is not in the register' AS observed,
       'none' AS expected
  FROM account a
 WHERE a.active IS NOT FALSE AND a.person IS NOT NULL
   AND a.person NOT IN (SELECT p.id FROM person p)
   AND a.person NOT IN (SELECT p.email FROM person p WHERE p.email IS NOT NULL)
   AND a.person NOT IN (SELECT p.login FROM person p WHERE p.login IS NOT NULL)
UNION ALL
SELECT 'the register was compared with the payroll' AS check_name,
       coalesce(max(r.confirmed_at), 0) >= least(:to, as_of()) - days(31) AS ok,
       coalesce(max('confirmed against: ' || r.basis), 'never confirmed') AS observed,
       'confirmed in the last month of the period, or after it' AS expected
  FROM register r
 WHERE r.id = 'person'
