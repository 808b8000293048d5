-- test:      access.mfa
-- version:   1
-- title:     Every account of a person uses a second factor
-- kind:      state
-- subject:   account
-- controls:  AC-03
-- severity:  high
-- needs:     account max_age=26h
-- why:       A stolen password alone must not open the system.
-- remedy:    Install a second factor (libpam-google-authenticator, libpam-u2f), add its module as "auth
--            required" to /etc/pam.d/sshd, set "KbdInteractiveAuthentication yes" and
--            "AuthenticationMethods publickey,keyboard-interactive" in sshd_config; or disable the
--            account.
SELECT source, system, login,
       (mfa OR NOT active OR kind = 'service') AS ok,
       CASE WHEN mfa IS NULL THEN 'whether a second factor is asked for is not known'
            ELSE 'no second factor' END AS reason
  FROM account
 WHERE active IS NOT FALSE AND kind IS DISTINCT FROM 'service'
