-- test:      password.quality
-- version:   1
-- title:     New passwords are checked for quality
-- kind:      state
-- subject:   pam_rule
-- controls:  AC-10
-- severity:  medium
-- needs:     pam_rule max_age=26h
-- why:       People choose what is easy to guess unless the system refuses it.
-- remedy:    apt-get install libpam-pwquality; then see that /etc/pam.d/common-password has "password
--            requisite pam_pwquality.so retry=3" before pam_unix.
SELECT p.source, p.system, 'passwd' AS service, 'password' AS facility, 1 AS position,
       CASE WHEN p.sure > 0 THEN TRUE WHEN p.unread > 0 THEN NULL ELSE FALSE END AS ok,
       CASE WHEN p.unread > 0 THEN 'a rule could not be read'
            ELSE 'no rule checks the quality of a new password' END AS reason,
       'pam_pwquality.so or pam_passwdqc.so, required or requisite' AS expected
  FROM (SELECT system, source,
               sum(CASE WHEN (module IN ('pam_pwquality.so', 'pam_passwdqc.so', 'pam_cracklib.so')
                              AND control IN ('required', 'requisite')) IS TRUE
                        THEN 1 ELSE 0 END) AS sure,
               sum(CASE WHEN (module IN ('pam_pwquality.so', 'pam_passwdqc.so', 'pam_cracklib.so')
                              AND control IN ('required', 'requisite')) IS NULL
                        THEN 1 ELSE 0 END) AS unread
          FROM pam_rule
         WHERE service = 'passwd' AND facility = 'password'
         GROUP BY system, source) p
