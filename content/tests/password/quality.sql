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
SELECT r.source, r.system, r.service, r.facility, 1 AS position,
       CASE WHEN sum(CASE WHEN (module IN ('pam_pwquality.so', 'pam_passwdqc.so', 'pam_cracklib.so')
                                AND control IN ('required', 'requisite')) IS TRUE
                          THEN 1 ELSE 0 END) > 0 THEN TRUE
            WHEN sum(CASE WHEN (module IN ('pam_pwquality.so', 'pam_passwdqc.so', 'pam_cracklib.so')
                                AND control IN ('required', 'requisite')) IS NULL
                          THEN 1 ELSE 0 END) > 0 THEN NULL
            ELSE FALSE END AS ok,
       'no rule checks the quality of a new password, or a rule could not be read' AS reason,
       'pam_pwquality.so or pam_passwdqc.so, required or requisite' AS expected
  FROM pam_rule r
 WHERE r.service = 'passwd' AND r.facility = 'password'
 GROUP BY r.source, r.system, r.service, r.facility
