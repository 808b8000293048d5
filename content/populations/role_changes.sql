-- population: role_changes
-- title:      People who changed role, team or manager
-- made-of:    The people of the register who moved in the period. What they were before is in the history of the
--             person, not in this list; the HR system is not read.
-- criteria:   CC6.3
-- period:     when role, team or manager last changed
-- moment:     now
-- times:      effective
-- needs:      person
-- needs:      register empty=ok
SELECT p.id AS employee_id, p.job_title AS role, p.team AS team, p.manager AS manager, p.moved_at AS effective, p.state AS state
  FROM person p
 WHERE p.moved_at >= :from AND p.moved_at < :to
 ORDER BY effective, employee_id
-- completeness: nobody reports to someone who has left, nobody moved before joining, and the register was compared with the HR system
SELECT 'nobody reports to someone who has left' AS check_name,
       count(*) = 0 AS ok,
       CAST(count(*) AS TEXT) || ' people whose manager has left' AS observed,
       'none' AS expected
  FROM person p
 WHERE p.state IN ('active', 'on_leave')
   AND EXISTS (SELECT 1 FROM person m WHERE m.id = p.manager AND m.state = 'left')
UNION ALL
SELECT 'nobody moved before joining' AS check_name,
       count(*) = 0 AS ok,
       CAST(count(*) AS TEXT) || ' people who moved before their first day' AS observed,
       'none' AS expected
  FROM person p
 WHERE (p.moved_at < p.starts_at) IS TRUE
UNION ALL
SELECT 'the register was compared with the HR system' AS check_name,
       coalesce(max(r.confirmed_at), 0) >= least(:to, as_of()) - days(31) AS ok,
       coalesce(max('confirmed against: ' || r.basis), 'never confirmed') AS observed,
       'confirmed in the last month of the period, or after it' AS expected
  FROM register r
 WHERE r.id = 'person'
