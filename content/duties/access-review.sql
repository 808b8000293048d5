-- duty:     access-review
-- title:    Review who has access
-- why:      Rights pile up; only a review takes them away again.
-- owner:    it_lead
-- lead:     21 days
-- escalate: 7 days
-- priority: high
SELECT 'access_review/' || r.id AS about, 'Finish the review of ' || r.system || ', ' || r.period AS title, r.reviewer AS owner, r.due_at
  FROM access_review r
 WHERE r.state IN ('draft', 'running')
UNION ALL
SELECT NULL AS about, 'Review who has access to ' || s.of_system AS title, NULL AS owner,
       coalesce(max(r.decided_at) + days(92), (SELECT min(k.decided_at) FROM category k) + days(60)) AS due_at
  FROM (SELECT a.system AS of_system FROM account a GROUP BY a.system) s
  LEFT JOIN access_review r ON r.system = s.of_system AND r.kind IN ('account', 'role') AND r.state IN ('decided', 'closed')
 WHERE NOT EXISTS (SELECT q.id FROM access_review q WHERE q.system = s.of_system AND q.state IN ('draft', 'running'))
 GROUP BY s.of_system
UNION ALL
SELECT 'facility/' || f.id AS about, 'Review who may enter ' || f.name AS title, f.owner,
       coalesce(max(r.decided_at) + days(182), f.valid_from + days(90)) AS due_at
  FROM facility f
  LEFT JOIN access_review r ON r.system = f.id AND r.kind = 'physical' AND r.state IN ('decided', 'closed')
 WHERE f.kind = 'own' AND f.state = 'in_use'
   AND NOT EXISTS (SELECT q.id FROM access_review q WHERE q.system = f.id AND q.state IN ('draft', 'running'))
 GROUP BY f.id, f.name, f.owner, f.valid_from
