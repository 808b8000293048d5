-- test:      host.privileged-programs
-- version:   1
-- title:     Programs that run with another account's rights come from a package
-- kind:      state
-- subject:   risky_file
-- controls:  EP-08
-- severity:  high
-- needs:     risky_file max_age=8d
-- why:       A privileged program that nobody installed is the classic way to stay administrator unseen.
-- remedy:    Learn who put it there; chmod u-s,g-s FILE or delete it. dpkg -S FILE names the package of those that
--            belong to one.
SELECT source, system, path, risk,
       (package <> '') AS ok,
       CASE WHEN package IS NULL THEN 'whether it belongs to a package could not be read'
            ELSE 'it belongs to no package' END AS reason,
       coalesce(mode, '?') || ' ' || coalesce(owner, '?') || ':' || coalesce(group_name, '?') AS observed
  FROM risky_file
 WHERE risk IN ('setuid', 'setgid')
