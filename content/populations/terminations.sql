-- population: terminations
-- title:      People who left
-- made-of:    The people of the register whose last day lies in the period, and those who left on a day that is
--             not known. The payroll is not read: somebody compares it and confirms the register.
-- criteria:   CC6.2 CC6.3
-- period:     last day of work
-- moment:     now
-- times:      last_day notice_at recorded_at
-- needs:      person
-- needs:      account max_age=7d
-- needs:      register empty=ok
SELECT p.id AS employee_id, p.ends_at AS last_day, p.leaving AS type, p.notice_at AS notice_at, p.left_at AS recorded_at, p.state AS state
  FROM person p
 WHERE (p.ends_at >= :from AND p.ends_at < :to) IS TRUE
    OR (p.ends_at IS NULL AND p.state = 'left')
 ORDER BY last_day, employee_id
-- completeness: headcount rolls forward, days and states agree, nobody is said to be here whose accounts are all closed, and the register was compared with the payroll
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
SELECT 'nobody is said to be here whose every account is closed' AS check_name,
       count(*) = 0 AS ok,
       CAST(count(*) AS TEXT) || ' people of whom no account is open' AS observed,
       'none' AS expected
  FROM person p
 WHERE p.state = 'active' AND p.login IS NOT NULL
   AND p.login IN (SELECT a.login FROM account a WHERE a.kind IS DISTINCT FROM 'service')
   AND p.login NOT IN (SELECT a.login FROM account a WHERE a.kind IS DISTINCT FROM 'service' AND a.active IS NOT FALSE)
UNION ALL
SELECT 'the register was compared with the payroll' AS check_name,
       coalesce(max(r.confirmed_at), 0) >= least(:to, as_of()) - days(31) AS ok,
       coalesce(max('confirmed against: ' || r.basis), 'never confirmed') AS observed,
       'confirmed in the last month of the period, or after it' AS expected
  FROM register r
 WHERE r.id = 'person'
