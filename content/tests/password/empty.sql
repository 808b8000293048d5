-- test:      password.empty
-- version:   1
-- title:     No account has an empty password
-- kind:      state
-- subject:   account
-- controls:  AC-19
-- severity:  critical
-- needs:     account max_age=26h
-- why:       An account without a password belongs to whoever finds it first.
-- remedy:    passwd --lock LOGIN, or set a password with passwd LOGIN.
SELECT source, system, login,
       (password_state <> 'empty') AS ok,
       CASE WHEN password_state IS NULL THEN 'the state of the password could not be read'
            ELSE 'no password is needed' END AS reason,
       password_state AS observed
  FROM account
