-- test:      access.program-rights
-- version:   1
-- title:     Accounts of programs are not administrators
-- kind:      state
-- subject:   account
-- controls:  AC-15, AC-08
-- severity:  high
-- needs:     account max_age=26h
-- why:       A flaw in a program should cost that program and not the whole machine.
-- remedy:    Take the account out of administrator groups with gpasswd --delete LOGIN GROUP and out of
--            /etc/sudoers.d; allow the one command it needs through sudo.
SELECT source, system, login,
       (NOT privileged OR kind = 'human') AS ok,
       CASE WHEN privileged IS NULL THEN 'whether it is an administrator could not be read'
            WHEN kind IS NULL THEN 'whether it is a person''s or a program''s is not known'
            ELSE 'a program''s account that can administer the system' END AS reason
  FROM account
 WHERE kind IS DISTINCT FROM 'human'
