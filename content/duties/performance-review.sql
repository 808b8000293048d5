-- duty:     performance-review
-- title:    Hold the performance review
-- why:      People do what they are measured on.
-- owner:    people_lead
-- lead:     30 days
-- escalate: 14 days
-- priority: low
SELECT 'performance_review/' || r.id AS about, 'Hold the review ' || r.period || ' of ' || p.name AS title, p.manager AS owner, r.due_at
  FROM performance_review r
  JOIN person p ON p.id = r.person
 WHERE r.state = 'open' AND p.state = 'active'
UNION ALL
SELECT 'person/' || p.id AS about, 'Plan the yearly review of ' || p.name AS title, p.manager AS owner,
       coalesce(coalesce(d.latest_at, p.starts_at) + days(365), p.valid_from + days(90)) AS due_at
  FROM person p
  LEFT JOIN (SELECT person AS who, max(coalesce(done_at, due_at)) AS latest_at FROM performance_review GROUP BY person) d ON d.who = p.id
 WHERE p.state = 'active' AND coalesce(p.kind, 'employee') = 'employee'
   AND NOT EXISTS (SELECT 1 FROM performance_review r WHERE r.person = p.id AND r.state = 'open')
