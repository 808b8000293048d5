-- test:      ssh.shared-keys
-- version:   1
-- title:     No SSH key opens two accounts
-- kind:      state
-- subject:   ssh_key
-- controls:  AC-14, AC-01
-- severity:  medium
-- needs:     ssh_key max_age=26h
-- why:       When one key opens several accounts, the log does not tell who came in, and its loss costs
--            all of them.
-- remedy:    Give each person and program a key of its own and remove the shared one from
--            authorized_keys.
SELECT k.source, k.system, k.login, k.fingerprint, k.path,
       (n.logins = 1) AS ok,
       'the key is accepted for several accounts' AS reason,
       CAST(n.logins AS TEXT) || ' accounts' AS observed,
       '1' AS expected
  FROM ssh_key k
  JOIN (SELECT fingerprint, count(DISTINCT login) AS logins FROM ssh_key GROUP BY fingerprint) n
    ON n.fingerprint = k.fingerprint
