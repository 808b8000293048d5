-- What a person has in hand or answers for, and the accounts that are theirs.
SELECT 1 AS place, 'asset/' || a.id AS record, a.name AS title, a.kind AS what, a.state AS standing, a.confirmed_at AS seen_at
  FROM asset a
 WHERE (a.holder = {person} OR (a.holder IS NULL AND a.owner = {person})) AND a.state IN ('planned', 'in_use', 'lost')
UNION ALL
SELECT 2 AS place, 'account_owner/' || o.id AS record, o.login || ' on ' || o.system AS title,
       o.kind || ' account' AS what, CASE WHEN x.seen IS NULL THEN 'not seen' WHEN x.works = 0 THEN 'disabled' ELSE 'in use' END AS standing,
       x.last_at AS seen_at
  FROM account_owner o
  LEFT JOIN (SELECT c.system AS of_system, c.login AS of_login, count(c.login) AS seen,
                    max(CASE WHEN c.active IS FALSE THEN 0 ELSE 1 END) AS works, max(c.last_login_at) AS last_at
               FROM account c
              GROUP BY c.system, c.login) x
    ON x.of_system = o.system AND x.of_login = o.login
 WHERE o.person = {person} AND o.state = 'current'
 ORDER BY 1, 3, 2
 LIMIT 100
