-- People who start or leave, each with the steps of their list. A list without any step has no item.
SELECT b.person, b.name, b.state AS standing, b.list, b.starts_at, b.ends_at, i.id AS item, i.title AS title, i.state AS state, i.due_at AS due_at,
       i.owner AS owner, coalesce(o.name, i.owner, '') AS owner_name
  FROM (SELECT p.id AS person, p.name AS name, p.state AS state, k.list AS list, p.starts_at AS starts_at, p.ends_at AS ends_at, c.next_due AS next_due
          FROM person p
         CROSS JOIN (SELECT 'onboarding' AS list UNION ALL SELECT 'offboarding' AS list) k
          LEFT JOIN (SELECT person AS who, kind AS of_list, count(*) AS n, count(CASE WHEN state = 'open' THEN 1 END) AS open,
                            min(CASE WHEN state = 'open' THEN due_at END) AS next_due, max(due_at) AS last_due
                       FROM checklist_item GROUP BY person, kind) c ON c.who = p.id AND c.of_list = k.list
         WHERE c.open > 0 OR c.last_due >= {since}
            OR (c.n IS NULL AND k.list = 'onboarding' AND (p.state = 'planned' OR (p.state = 'active' AND p.starts_at >= {since})))
            OR (c.n IS NULL AND k.list = 'offboarding' AND ((p.state = 'left' AND p.left_at >= {since}) OR (p.state <> 'left' AND p.ends_at IS NOT NULL)))
         ORDER BY CASE WHEN c.next_due IS NULL THEN 1 ELSE 0 END, c.next_due, p.id, k.list LIMIT {people}) b
  LEFT JOIN checklist_item i ON i.person = b.person AND i.kind = b.list
  LEFT JOIN person o ON o.id = i.owner
 ORDER BY CASE WHEN b.next_due IS NULL THEN 1 ELSE 0 END, b.next_due, b.person, b.list, CASE WHEN i.state = 'open' THEN 0 ELSE 1 END, i.due_at, i.id LIMIT {items}
