-- test:      ssh.key-files
-- version:   1
-- title:     Only the owner can add keys to an account
-- kind:      state
-- subject:   ssh_key
-- controls:  AC-14, AC-20
-- severity:  critical
-- needs:     ssh_key max_age=26h
-- why:       Whoever can write the list of keys can sign in as that account.
-- remedy:    chmod go-w on the home directory, ~/.ssh and ~/.ssh/authorized_keys; chown them to the
--            account.
SELECT source, system, login, fingerprint, path,
       (NOT writable_by_others) AS ok,
       CASE WHEN writable_by_others IS NULL THEN 'the rights on the file could not be read'
            ELSE 'others can write the file or a directory above it' END AS reason,
       comment AS observed
  FROM ssh_key
