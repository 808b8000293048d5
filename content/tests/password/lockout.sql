-- test:      password.lockout
-- version:   1
-- title:     Failed sign-ins lock the account for a while
-- kind:      state
-- subject:   -
-- controls:  AC-11
-- severity:  high
-- needs:     pam_rule max_age=26h
-- needs:     setting max_age=26h
-- param:     max_attempts int = 10 guard <= 10
-- why:       Without a limit a machine tries passwords until one fits.
-- remedy:    Put "auth requisite pam_faillock.so preauth" before and "auth [default=die]
--            pam_faillock.so authfail" after pam_unix in /etc/pam.d/common-auth, and "deny = 5" in
--            /etc/security/faillock.conf; or accept keys only in sshd_config.
SELECT p.source, p.system || '/' || p.service AS item,
       ((p.service = 'sshd' AND k.password = 'no' AND k.keyboard = 'no')
        OR CASE WHEN p.preauth_possible = 0 OR p.authfail_possible = 0 THEN FALSE
                WHEN p.preauth_sure > 0 AND p.authfail_sure > 0 THEN (f.number BETWEEN 1 AND :max_attempts)
                ELSE NULL END) AS ok,
       CASE WHEN p.preauth_possible = 0 OR p.authfail_possible = 0 THEN 'failed sign-ins are not counted'
            WHEN f.number IS NULL THEN 'after how many failures it locks could not be read'
            WHEN p.preauth_sure = 0 OR p.authfail_sure = 0 THEN 'a rule could not be read'
            ELSE 'it locks late or never' END AS reason,
       'deny ' || coalesce(f.value, 'not set') AS observed,
       'pam_faillock with preauth and authfail, deny from 1 to ' || CAST(:max_attempts AS TEXT) AS expected
  FROM (SELECT system, source, service,
               sum(CASE WHEN (module = 'pam_faillock.so' AND arguments LIKE '%preauth%') IS TRUE
                        THEN 1 ELSE 0 END) AS preauth_sure,
               sum(CASE WHEN (module = 'pam_faillock.so' AND arguments LIKE '%preauth%') IS NOT FALSE
                        THEN 1 ELSE 0 END) AS preauth_possible,
               sum(CASE WHEN (module = 'pam_faillock.so' AND arguments LIKE '%authfail%') IS TRUE
                        THEN 1 ELSE 0 END) AS authfail_sure,
               sum(CASE WHEN (module = 'pam_faillock.so' AND arguments LIKE '%authfail%') IS NOT FALSE
                        THEN 1 ELSE 0 END) AS authfail_possible
          FROM pam_rule
         WHERE service IN ('sshd', 'login') AND facility = 'auth'
         GROUP BY system, source, service) p
  LEFT JOIN setting f
    ON f.system = p.system AND f.source = p.source AND f.component = 'faillock' AND f.name = 'deny'
  LEFT JOIN (SELECT system, source,
                    max(CASE WHEN name = 'passwordauthentication' THEN value END) AS password,
                    max(CASE WHEN name = 'kbdinteractiveauthentication' THEN value END) AS keyboard
               FROM setting
              WHERE component = 'sshd'
              GROUP BY system, source) k
    ON k.system = p.system AND k.source = p.source
