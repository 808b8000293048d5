-- test:      account.never-used
-- version:   1
-- title:     Accounts nobody ever signed in to are disabled
-- kind:      state
-- subject:   account
-- controls:  AC-06
-- severity:  medium
-- needs:     account max_age=26h
-- param:     max_days int = 30 guard <= 90
-- why:       An account made in advance keeps its first password, which was sent to someone at some
--            time.
-- remedy:    Disable it with usermod --lock --expiredate 1 LOGIN until it is needed, or remove it with
--            userdel.
SELECT source, system, login,
       (logged_in OR password_changed_at >= as_of() - days(:max_days) OR NOT active) AS ok,
       CASE WHEN logged_in IS NULL THEN 'whether it was ever used is not known'
            WHEN password_changed_at IS NULL THEN 'never used, and its age is not known'
            WHEN active IS NULL THEN 'it may be disabled already; that could not be read'
            ELSE 'enabled for more than ' || CAST(:max_days AS TEXT) || ' days and never used' END AS reason
  FROM account
 WHERE active IS NOT FALSE AND logged_in IS NOT TRUE
