-- test:      access.home-directories
-- version:   1
-- title:     Only its owner can write a home directory
-- kind:      state
-- subject:   file_integrity
-- controls:  AC-20, AC-14
-- severity:  high
-- needs:     file_integrity max_age=26h
-- why:       Whoever can write a home directory can add SSH keys or commands that its owner runs.
-- remedy:    chmod go-w DIRECTORY; for new accounts set "HOME_MODE 0700" in /etc/login.defs.
SELECT source, system, path,
       (NOT writable_by_group AND NOT writable_by_others) AS ok,
       CASE WHEN writable_by_group IS NULL OR writable_by_others IS NULL THEN 'the mode could not be read'
            ELSE 'others can write it' END AS reason,
       coalesce(mode, '?') || ' ' || coalesce(owner, '?') || ':' || coalesce(group_name, '?') AS observed,
       '0700, or 0755 at most' AS expected
  FROM file_integrity
 WHERE path LIKE '/home/%' AND type IS DISTINCT FROM 'missing'
