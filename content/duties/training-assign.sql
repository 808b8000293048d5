-- duty:     training-assign
-- title:    Assign the course
-- why:      A course nobody was assigned is a course nobody takes.
-- owner:    people_lead
-- lead:     30 days
-- escalate: 14 days
-- priority: medium
SELECT 'person/' || p.id AS about, 'Assign "' || c.title || '" to ' || p.name AS title,
       coalesce(t.latest_at + days(30 * c.valid_months), p.starts_at + days(c.join_days), p.valid_from + days(30)) AS due_at
  FROM person p
  JOIN course c ON c.state = 'active' AND c.mandatory
  LEFT JOIN (SELECT person AS who, course AS what, max(completed_at) AS latest_at,
                    count(CASE WHEN state = 'assigned' THEN 1 END) AS waiting,
                    count(CASE WHEN state = 'excused' AND due_at >= as_of() - days(365) THEN 1 END) AS excused
               FROM training
              GROUP BY person, course) t
    ON t.who = p.id AND t.what = c.id
 WHERE p.state = 'active' AND p.kind IS DISTINCT FROM 'director'
   AND coalesce(t.waiting, 0) = 0 AND coalesce(t.excused, 0) = 0
   AND (c.addressees = 'everyone'
        OR (c.addressees = 'employees' AND p.kind IS DISTINCT FROM 'contractor')
        OR (c.addressees = 'technical' AND p.technical IS NOT FALSE)
        OR (c.addressees = 'management'
            AND EXISTS (SELECT 1 FROM role_assignment r WHERE r.person = p.id AND r.state = 'active')))
