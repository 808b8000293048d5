-- test:      account.service-shell
-- version:   1
-- title:     Accounts of programs have no login shell
-- kind:      state
-- subject:   account
-- controls:  AC-15
-- severity:  medium
-- needs:     account max_age=26h
-- why:       A shell lets whoever breaks into the program, or guesses its password, work as that
--            account.
-- remedy:    usermod --shell /usr/sbin/nologin LOGIN. Where a program needs the shell (PostgreSQL on
--            Debian, for one), record that as an exception.
SELECT source, system, login,
       (shell LIKE '%/nologin' OR shell LIKE '%/false' OR shell LIKE '%/true' OR shell LIKE '%/sync'
        OR shell LIKE '%/halt' OR shell LIKE '%/shutdown' OR kind = 'human') AS ok,
       CASE WHEN shell IS NULL THEN 'the shell could not be read'
            WHEN kind IS NULL THEN 'whether it is a person''s or a program''s is not known'
            ELSE 'a program''s account with a login shell' END AS reason,
       shell AS observed,
       '/usr/sbin/nologin' AS expected
  FROM account
 WHERE kind IS DISTINCT FROM 'human'
