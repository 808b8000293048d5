-- test:      access.no-bypass
-- version:   2
-- title:     No sign-in rule lets everyone in
-- kind:      state
-- subject:   pam_rule
-- controls:  AC-13, AC-19
-- severity:  critical
-- needs:     pam_rule max_age=26h
-- why:       One line of PAM that always succeeds makes every password right.
-- remedy:    Remove the line with "auth sufficient pam_permit.so" from the file named here;
--            pam-auth-update --force restores the common files.
SELECT source, system, service, facility, position,
       (module <> 'pam_permit.so' OR lower(control) <> 'sufficient' AND lower(control) NOT LIKE '%success=done%'
        AND lower(control) NOT LIKE '%default=done%') AS ok,
       CASE WHEN module IS NULL OR control IS NULL THEN 'the rule could not be read'
            ELSE 'whoever comes here is let in' END AS reason,
       coalesce(control, '?') || ' ' || coalesce(module, '?') || ', ' || coalesce(defined_in, '?') AS observed
  FROM pam_rule
 WHERE facility = 'auth'
