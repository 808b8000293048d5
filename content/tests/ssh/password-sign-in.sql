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
SELECT d.source, d.system, 'sshd' AS component, 'passwordauthentication' AS name,
       ((d.password = 'no' AND d.keyboard = 'no') OR
        (d.methods LIKE 'publickey%' AND replace(' ' || d.methods, ' publickey', '') NOT LIKE '% %')) AS ok,
       CASE WHEN d.password IS NULL OR d.keyboard IS NULL OR d.methods IS NULL
            THEN 'not every setting that decides this could be read'
            ELSE 'a password alone is enough' END AS reason,
       'password ' || coalesce(d.password, '?') || ', keyboard-interactive ' || coalesce(d.keyboard, '?') ||
       ', methods ' || coalesce(d.methods, '?') AS observed,
       'both no, or every method list beginning with publickey' AS expected
  FROM (SELECT system, source,
               max(CASE WHEN name = 'passwordauthentication' THEN value END) AS password,
               max(CASE WHEN name = 'kbdinteractiveauthentication' THEN value END) AS keyboard,
               max(CASE WHEN name = 'authenticationmethods' THEN value END) AS methods
          FROM setting
         WHERE component = 'sshd'
         GROUP BY system, source) d
