-- test:      password.nullok
-- version:   1
-- title:     Sign-in refuses empty passwords even where one is set
-- kind:      state
-- subject:   pam_rule
-- controls:  AC-19
-- severity:  low
-- needs:     pam_rule max_age=26h
-- why:       An account emptied by mistake would be open to everyone at once.
-- remedy:    Remove the word nullok from the pam_unix.so line in /etc/pam.d/common-auth.
SELECT source, system, service, facility, position,
       (module <> 'pam_unix.so' OR arguments NOT LIKE '%nullok%') AS ok,
       CASE WHEN module IS NULL OR arguments IS NULL THEN 'the rule could not be read'
            ELSE 'an empty password is accepted' END AS reason,
       coalesce(arguments, '?') || ', ' || coalesce(defined_in, '?') AS observed,
       'no nullok' AS expected
  FROM pam_rule
 WHERE service IN ('sshd', 'login') AND facility = 'auth' AND (module = 'pam_unix.so') IS NOT FALSE
