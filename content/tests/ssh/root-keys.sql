-- test:      ssh.root-keys
-- version:   1
-- title:     Keys of root run one fixed command only
-- kind:      state
-- subject:   ssh_key
-- controls:  AC-13, AC-08
-- severity:  high
-- needs:     ssh_key max_age=26h
-- why:       A key that opens a root shell gives everything to whoever holds a copy of it.
-- remedy:    Remove the key from /root/.ssh/authorized_keys, or put command="/path/to/program",restrict
--            before it.
SELECT source, system, login, fingerprint, path,
       (forced_command) AS ok,
       CASE WHEN forced_command IS NULL THEN 'the options of the key could not be read'
            ELSE 'the key opens a root shell' END AS reason,
       comment AS observed
  FROM ssh_key
 WHERE login = 'root'
