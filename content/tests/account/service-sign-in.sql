-- test:      account.service-sign-in
-- version:   1
-- title:     Nobody can sign in to the accounts of programs
-- kind:      state
-- subject:   account
-- controls:  AC-15
-- severity:  high
-- needs:     account max_age=26h
-- why:       No person stands behind a program's account, so nobody would notice its misuse.
-- remedy:    Lock the password with usermod --lock LOGIN, remove ~/.ssh/authorized_keys of the account
--            and set its shell to /usr/sbin/nologin.
SELECT source, system, login,
       (NOT active OR kind = 'human') AS ok,
       CASE WHEN active IS NULL THEN 'whether it can be signed in to could not be read'
            WHEN kind IS NULL THEN 'whether it is a person''s or a program''s is not known'
            ELSE 'it has a login shell and a password or key that works' END AS reason,
       'password ' || coalesce(password_state, '?') || ', keys ' || coalesce(CAST(ssh_keys AS TEXT), '?') AS observed
  FROM account
 WHERE kind IS DISTINCT FROM 'human'
