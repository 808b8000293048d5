-- test:      ssh.password-sign-in
-- version:   1
-- title:     SSH accepts keys and not passwords alone
-- kind:      state
-- subject:   setting
-- controls:  AC-13, AC-11
-- severity:  high
-- needs:     setting max_age=26h
-- why:       Passwords are guessed and stolen at a distance; a key is not.
-- remedy:    Make sure that administrators have keys, then write "PasswordAuthentication no" and
--            "KbdInteractiveAuthentication no" into /etc/ssh/sshd_config.d/10-hardening.conf; where a
--            second factor asks by keyboard, write "AuthenticationMethods
--            publickey,keyboard-interactive" instead. Then: sshd -t && systemctl reload ssh.
WITH one AS (SELECT system, source, '' AS block,
                    max(CASE WHEN name = 'passwordauthentication' THEN lower(value) END) AS password,
                    max(CASE WHEN name = 'kbdinteractiveauthentication' THEN lower(value) END) AS keyboard,
                    max(CASE WHEN name = 'authenticationmethods' THEN lower(value) END) AS methods
               FROM setting
              WHERE component = 'sshd'
              GROUP BY system, source),
     part AS (SELECT system, source, name, value,
                     replace(replace(replace(name, ': passwordauthentication', ': '),
                                     ': kbdinteractiveauthentication', ': '), ': authenticationmethods', ': ') AS block
                FROM setting
               WHERE component = 'sshd'
                 AND (name LIKE 'match %: passwordauthentication' OR name LIKE 'match %: kbdinteractiveauthentication'
                      OR name LIKE 'match %: authenticationmethods')),
     matched AS (SELECT p.system, p.source, p.block,
                        CASE WHEN sum(CASE WHEN p.name LIKE '%: passwordauthentication' THEN 1 ELSE 0 END) = 0
                             THEN min(o.password)
                             ELSE max(CASE WHEN p.name LIKE '%: passwordauthentication'
                                           THEN lower(p.value) END) END AS password,
                        CASE WHEN sum(CASE WHEN p.name LIKE '%: kbdinteractiveauthentication' THEN 1 ELSE 0 END) = 0
                             THEN min(o.keyboard)
                             ELSE max(CASE WHEN p.name LIKE '%: kbdinteractiveauthentication'
                                           THEN lower(p.value) END) END AS keyboard,
                        CASE WHEN sum(CASE WHEN p.name LIKE '%: authenticationmethods' THEN 1 ELSE 0 END) = 0
                             THEN min(o.methods)
                             ELSE max(CASE WHEN p.name LIKE '%: authenticationmethods'
                                           THEN lower(p.value) END) END AS methods
                   FROM part p
                   JOIN one o ON o.system = p.system AND o.source = p.source
                  GROUP BY p.system, p.source, p.block)
SELECT d.source, d.system, 'sshd' AS component, d.block || 'passwordauthentication' AS name,
       ((d.password = 'no' AND d.keyboard = 'no') OR
        (d.methods LIKE 'publickey%' AND replace(' ' || d.methods, ' publickey', '') NOT LIKE '% %')) AS ok,
       CASE WHEN d.password IS NULL OR d.keyboard IS NULL OR d.methods IS NULL
            THEN 'not every setting that decides this could be read'
            ELSE 'a password alone is enough' END AS reason,
       'password ' || coalesce(d.password, '?') || ', keyboard-interactive ' || coalesce(d.keyboard, '?') ||
       ', methods ' || coalesce(d.methods, '?') AS observed,
       'both no, or every method list beginning with publickey' AS expected
  FROM (SELECT system, source, block, password, keyboard, methods FROM one
         UNION ALL
        SELECT system, source, block, password, keyboard, methods FROM matched) d
