-- test:      sudo.wildcards
-- version:   2
-- title:     No sudo rule leaves its arguments open
-- kind:      state
-- subject:   privilege
-- controls:  AC-09
-- severity:  medium
-- needs:     privilege max_age=26h
-- why:       A star in the arguments also matches blanks, so other files and options slip in.
-- remedy:    Write the full arguments in the rule, one line for each; or allow a script that checks
--            what it is given.
SELECT source, system, tool, subject, run_as, command,
       (command LIKE '!%' OR (command NOT LIKE '%*%' AND command NOT LIKE '%/')) AS ok,
       'a star in the command, or a whole directory of programs' AS reason,
       coalesce(defined_in, '?') AS observed
  FROM privilege
