-- test:      account.uid-zero
-- version:   1
-- title:     Only root has user id 0
-- kind:      state
-- subject:   account
-- controls:  AC-08, AC-01
-- severity:  critical
-- needs:     account max_age=26h
-- why:       A second account with user id 0 is root under another name, and is overlooked in every
--            review.
-- remedy:    Find them with: awk -F: '$3 == 0' /etc/passwd. Give the account a user id of its own with
--            usermod -u, or remove it with userdel; grant what it needs through sudo.
SELECT source, system, login,
       (login = 'root' OR uid <> 0) AS ok,
       CASE WHEN uid IS NULL THEN 'the user id could not be read'
            ELSE 'it is root under another name' END AS reason,
       'user id ' || CAST(uid AS TEXT) AS observed,
       'any but 0' AS expected
  FROM account
