-- test:      password.age
-- version:   1
-- title:     Passwords in use are not older than the limit
-- kind:      state
-- subject:   account
-- controls:  AC-10
-- severity:  low
-- needs:     account max_age=26h
-- param:     max_days int = 365 guard <= 730
-- why:       A password that leaked unnoticed stays useful to a thief until it is changed.
-- remedy:    Ask the person to run passwd, or force it with chage --lastday 0 LOGIN. Where policy sets
--            another limit, change the parameter.
SELECT source, system, login,
       (password_changed_at >= as_of() - days(:max_days) OR NOT active OR password_state <> 'set') AS ok,
       CASE WHEN password_changed_at IS NULL THEN 'when it was set is not known'
            WHEN active IS NULL OR password_state IS NULL THEN 'whether it is in use could not be read'
            ELSE 'older than ' || CAST(:max_days AS TEXT) || ' days' END AS reason
  FROM account
 WHERE active IS NOT FALSE AND (password_state = 'set') IS NOT FALSE
