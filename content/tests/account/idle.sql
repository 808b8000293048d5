-- test:      account.idle
-- version:   1
-- title:     Accounts not used for long are disabled
-- kind:      state
-- subject:   account
-- controls:  AC-06
-- severity:  medium
-- needs:     account max_age=26h
-- param:     max_days int = 90 guard <= 90
-- why:       A forgotten account is a door whose owner would not notice someone else using it.
-- remedy:    Disable it with usermod --lock --expiredate 1 LOGIN; remove it with userdel when nobody
--            misses it.
SELECT source, system, login,
       (last_login_at >= as_of() - days(:max_days) OR NOT active) AS ok,
       CASE WHEN last_login_at IS NULL THEN 'the latest sign-in is not known'
            WHEN active IS NULL THEN 'it may be disabled already; that could not be read'
            ELSE 'not used for more than ' || CAST(:max_days AS TEXT) || ' days, and still enabled' END AS reason
  FROM account
 WHERE active IS NOT FALSE AND logged_in IS NOT FALSE
