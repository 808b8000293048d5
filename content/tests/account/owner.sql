-- test:      account.owner
-- version:   1
-- title:     Every account in use belongs to somebody who works here
-- kind:      state
-- subject:   account
-- controls:  AC-01, AC-15
-- severity:  high
-- needs:     account max_age=26h
-- needs:     person
-- needs:     account_owner empty=ok
-- why:       An account without a person behind it is used by whoever finds it, and nobody misses it.
-- remedy:    Disable the account, or say whose it is: attest account_owner add SYSTEM/LOGIN kind=service
--            person=P purpose=TEXT; a person's own account is found by the login in the person's record.
WITH names AS (
     SELECT p.id AS who, p.state AS who_state, p.id AS name FROM person p
      UNION
     SELECT p.id AS who, p.state AS who_state, lower(coalesce(p.login, p.id)) AS name FROM person p
      UNION
     SELECT p.id AS who, p.state AS who_state, lower(coalesce(p.email, p.id)) AS name FROM person p
), claims AS (
     SELECT a.source AS of_source, a.system AS of_system, a.login AS of_login, p.id AS who, p.state AS who_state, 1 AS said
       FROM account a
       JOIN account_owner o ON o.system = a.system AND o.login = a.login AND o.state = 'current'
       JOIN person p ON p.id = o.person
      UNION ALL
     SELECT a.source AS of_source, a.system AS of_system, a.login AS of_login, n.who AS who, n.who_state AS who_state, 0 AS said
       FROM account a
      CROSS JOIN names n
      WHERE n.name = coalesce(a.person, a.login)
      UNION ALL
     SELECT a.source AS of_source, a.system AS of_system, a.login AS of_login, n.who AS who, n.who_state AS who_state, 0 AS said
       FROM account a
      CROSS JOIN names n
      WHERE n.name = lower(coalesce(a.person, a.login))
), holders AS (
     SELECT of_source, of_system, of_login,
            max(said) AS said,
            max(CASE WHEN who_state = 'left' THEN 0 ELSE 1 + said END) AS here,
            max(who) AS who
       FROM claims
      GROUP BY of_source, of_system, of_login
)
SELECT a.source, a.system, a.login,
       CASE WHEN (h.here > h.said) IS TRUE THEN TRUE
            WHEN a.active IS NULL THEN NULL
            ELSE FALSE END AS ok,
       CASE WHEN a.active IS NULL THEN 'whether it is in use is not known, and nobody here answers for it'
            WHEN h.who IS NULL THEN 'nobody is known to use it or to answer for it'
            ELSE 'who used it or answered for it has left' END AS reason,
       coalesce(a.full_name, '') AS observed,
       h.who AS owner
  FROM account a
  LEFT JOIN holders h ON h.of_source = a.source AND h.of_system = a.system AND h.of_login = a.login
 WHERE a.active IS NOT FALSE
