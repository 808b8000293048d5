-- test:      password.new-hash
-- version:   1
-- title:     New passwords are stored with a slow, current hash
-- kind:      state
-- subject:   pam_rule
-- controls:  AC-10
-- severity:  medium
-- needs:     pam_rule max_age=26h
-- needs:     setting max_age=26h
-- why:       What is chosen today decides how long stolen hashes will hold.
-- remedy:    In /etc/pam.d/common-password write "password [success=1 default=ignore] pam_unix.so
--            obscure yescrypt", and in /etc/login.defs "ENCRYPT_METHOD YESCRYPT".
SELECT r.source, r.system, r.service, r.facility, r.position,
       (r.module <> 'pam_unix.so'
        OR r.arguments LIKE '%yescrypt%' OR r.arguments LIKE '%sha512%' OR r.arguments LIKE '%blowfish%'
        OR (r.arguments NOT LIKE '%md5%' AND r.arguments NOT LIKE '%sha256%' AND r.arguments NOT LIKE '%bigcrypt%'
            AND e.value IN ('YESCRYPT', 'SHA512', 'BCRYPT'))) AS ok,
       CASE WHEN r.module IS NULL OR r.arguments IS NULL THEN 'the rule could not be read'
            WHEN e.value IS NULL THEN 'the rule names no scheme, and login.defs could not be read'
            ELSE 'no strong scheme is chosen' END AS reason,
       coalesce(r.arguments, '?') || '; ENCRYPT_METHOD ' || coalesce(e.value, '?') AS observed,
       'yescrypt, sha512 or blowfish' AS expected
  FROM pam_rule r
  LEFT JOIN setting e
    ON e.system = r.system AND e.source = r.source AND e.component = 'login.defs' AND e.name = 'ENCRYPT_METHOD'
 WHERE r.service = 'passwd' AND r.facility = 'password' AND (r.module = 'pam_unix.so') IS NOT FALSE
