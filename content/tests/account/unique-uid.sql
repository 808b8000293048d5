-- test:      account.unique-uid
-- version:   1
-- title:     No two accounts of a host share a user id
-- kind:      state
-- subject:   account
-- controls:  AC-01
-- severity:  high
-- needs:     account max_age=26h
-- why:       Files, processes and log entries carry the number; with two names behind it nobody can
--            tell who did what.
-- remedy:    Find them with: cut -d: -f3 /etc/passwd | sort | uniq -d. Give one of the accounts a new
--            number with usermod -u and its files with find / -xdev -uid OLD -exec chown -h NEW {} +.
SELECT a.source, a.system, a.login,
       CASE WHEN a.uid IS NULL THEN NULL
            WHEN n.same > 1 THEN FALSE
            WHEN t.unread > 0 THEN NULL
            ELSE TRUE END AS ok,
       CASE WHEN a.uid IS NOT NULL AND n.same > 1 THEN 'several accounts have this user id'
            ELSE 'a user id on this host could not be read' END AS reason,
       'user id ' || CAST(a.uid AS TEXT) AS observed,
       'one account' AS expected
  FROM account a
  JOIN (SELECT system, source, coalesce(uid, -1) AS number, count(*) AS same
          FROM account
         GROUP BY system, source, coalesce(uid, -1)) n
    ON n.system = a.system AND n.source = a.source AND n.number = coalesce(a.uid, -1)
  JOIN (SELECT system, source, sum(CASE WHEN uid IS NULL THEN 1 ELSE 0 END) AS unread
          FROM account
         GROUP BY system, source) t
    ON t.system = a.system AND t.source = a.source
