-- test:      sudo.everyone
-- version:   1
-- title:     No sudo rule is for everyone
-- kind:      state
-- subject:   privilege
-- controls:  AC-09
-- severity:  critical
-- needs:     privilege max_age=26h
-- why:       A rule for everyone turns the weakest account into root.
-- remedy:    Find it with visudo -c and grep -rn "^ALL" /etc/sudoers /etc/sudoers.d; name the people or
--            the group instead.
SELECT source, system, tool, subject, run_as, command,
       (subject NOT IN ('ALL', '%ALL', '*') OR command LIKE '!%') AS ok,
       'the rule is for every account' AS reason,
       coalesce(defined_in, '?') AS observed
  FROM privilege
