-- test:      password.history
-- version:   1
-- title:     Recent passwords cannot be used again
-- kind:      state
-- subject:   pam_rule
-- controls:  AC-10
-- severity:  low
-- needs:     pam_rule max_age=26h
-- why:       Changing a password does no good when people change it back.
-- remedy:    Put "password required pam_pwhistory.so remember=5 use_authtok" before pam_unix in
--            /etc/pam.d/common-password.
SELECT p.source, p.system, 'passwd' AS service, 'password' AS facility, 1 AS position,
       CASE WHEN p.sure > 0 THEN TRUE WHEN p.unread > 0 THEN NULL ELSE FALSE END AS ok,
       CASE WHEN p.unread > 0 THEN 'a rule could not be read'
            ELSE 'no rule remembers passwords' END AS reason,
       'pam_pwhistory.so required, or pam_unix.so with remember' AS expected
  FROM (SELECT system, source,
               sum(CASE WHEN ((module = 'pam_pwhistory.so' AND control IN ('required', 'requisite')
                               AND arguments NOT LIKE '%remember=0%')
                              OR (module = 'pam_unix.so' AND arguments LIKE '%remember=%'
                                  AND arguments NOT LIKE '%remember=0%')) IS TRUE
                        THEN 1 ELSE 0 END) AS sure,
               sum(CASE WHEN ((module = 'pam_pwhistory.so' AND control IN ('required', 'requisite')
                               AND arguments NOT LIKE '%remember=0%')
                              OR (module = 'pam_unix.so' AND arguments LIKE '%remember=%'
                                  AND arguments NOT LIKE '%remember=0%')) IS NULL
                        THEN 1 ELSE 0 END) AS unread
          FROM pam_rule
         WHERE service = 'passwd' AND facility = 'password'
         GROUP BY system, source) p
