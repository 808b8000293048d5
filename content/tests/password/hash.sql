-- test:      password.hash
-- version:   1
-- title:     Stored passwords use a slow, current hash
-- kind:      state
-- subject:   account
-- controls:  AC-10
-- severity:  high
-- needs:     account max_age=26h
-- why:       Weak hashes are turned back into passwords within minutes once the file is stolen.
-- remedy:    Set "ENCRYPT_METHOD YESCRYPT" in /etc/login.defs and yescrypt for pam_unix in
--            /etc/pam.d/common-password, then have the person set a new password with passwd.
SELECT source, system, login,
       (nullif(password_hash, 'other') IN ('yescrypt', 'sha512', 'sha256', 'bcrypt')
        OR password_state IN ('none', 'empty')) AS ok,
       CASE WHEN nullif(password_hash, 'other') IS NULL OR password_state IS NULL
            THEN 'the scheme is not known or could not be read'
            ELSE 'the hash is out of date' END AS reason,
       password_hash AS observed,
       'yescrypt, sha512, sha256 or bcrypt' AS expected
  FROM account
 WHERE (password_state IN ('set', 'locked')) IS NOT FALSE
