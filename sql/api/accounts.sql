-- People who work here, by id, and when each last signed in.
SELECT p.id, p.name, p.email, coalesce(p.permission, 'member') AS permission, p.state, s.last_at
  FROM person p
  LEFT JOIN (SELECT e.person AS who, max(e.at_time) AS last_at
               FROM access_event e
              WHERE e.kind = 'sign_in' AND e.went_well
              GROUP BY e.person) s
    ON s.who = p.id
 WHERE {match}
 ORDER BY p.id
 LIMIT {limit} OFFSET {offset}
