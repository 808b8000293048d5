-- test:      people.leaver-accounts
-- version:   1
-- title:     Nobody who has left can still sign in
-- kind:      state
-- subject:   person
-- controls:  AC-04
-- severity:  critical
-- needs:     person
-- needs:     account max_age=26h
-- needs:     account_owner empty=ok
-- needs:     checklist_item empty=ok
-- param:     within_hours int = 24 guard <= 72
-- why:       Former staff know where everything is and owe nothing.
-- remedy:    Disable or remove the account now, and see what it was used for since. An account is a person's when it
--            carries the person's id, sign-in name or address, or when an account_owner record says so.
WITH leaver AS (
    SELECT id AS who, lower(id) AS known_as FROM person WHERE state = 'left'
    UNION
    SELECT id AS who, lower(coalesce(login, id)) AS known_as FROM person WHERE state = 'left'
    UNION
    SELECT id AS who, lower(coalesce(email, id)) AS known_as FROM person WHERE state = 'left'
), theirs AS (
    SELECT l.who, a.system AS on_system, a.login AS signs_in FROM leaver l JOIN account a ON lower(a.login) = l.known_as
    UNION
    SELECT l.who, a.system AS on_system, a.login AS signs_in FROM leaver l JOIN account a ON lower(coalesce(a.person, '')) = l.known_as
    UNION
    SELECT w.person AS who, w.system AS on_system, w.login AS signs_in
      FROM account_owner w
     WHERE w.state = 'current' AND w.kind = 'personal'
)
SELECT p.id,
       CASE WHEN coalesce(t.usable, 0) > 0 THEN FALSE
            WHEN coalesce(t.unsure, 0) > 0 THEN NULL
            WHEN coalesce(t.n, 0) > 0 OR (coalesce(c.done, 0) > 0 AND coalesce(c.waiting, 0) = 0) THEN TRUE
            ELSE NULL END AS ok,
       CASE WHEN coalesce(t.usable, 0) > 0 THEN 'the account can still be used'
            WHEN coalesce(t.unsure, 0) > 0 THEN 'whether the account can be used is not known'
            ELSE 'no account is known to be the person''s, and no list says that all access was removed' END AS reason,
       coalesce(t.example, 'no account') AS observed, p.manager AS owner
  FROM person p
  LEFT JOIN (SELECT x.who AS of_leaver, count(*) AS n,
                    count(CASE WHEN z.active IS TRUE THEN 1 END) AS usable,
                    count(CASE WHEN z.system IS NOT NULL AND z.active IS NULL THEN 1 END) AS unsure,
                    min(CASE WHEN z.active IS NOT FALSE AND z.system IS NOT NULL THEN x.on_system || '/' || x.signs_in END) AS example
               FROM theirs x
               LEFT JOIN account z ON z.system = x.on_system AND z.login = x.signs_in
              GROUP BY x.who) t
    ON t.of_leaver = p.id
  LEFT JOIN (SELECT i.person AS of_leaver,
                    count(CASE WHEN i.state = 'done' THEN 1 END) AS done,
                    count(CASE WHEN i.state = 'open' THEN 1 END) AS waiting
               FROM checklist_item i
              WHERE i.kind = 'offboarding' AND i.category = 'access'
              GROUP BY i.person) c
    ON c.of_leaver = p.id
 WHERE p.state = 'left' AND (p.ends_at + days(1) + hours(:within_hours) <= as_of()) IS NOT FALSE
