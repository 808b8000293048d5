-- test:      git.lock-file
-- version:   1
-- title:     Versions of dependencies are fixed in the repository
-- kind:      state
-- subject:   source_control_setting
-- controls:  VM-04
-- severity:  medium
-- needs:     source_control_setting max_age=26h
-- why:       Without fixed versions a build may take a library that nobody has tested, or that an
--            attacker has just published.
-- remedy:    Commit the lock file of the package manager (package-lock.json, Cargo.lock, go.sum,
--            poetry.lock).
SELECT l.source, l.repository, 'lock_file' AS name,
       l.present AS ok,
       CASE WHEN l.present IS NULL THEN 'whether it is there is not known'
            ELSE 'a kind of dependency has no lock file' END AS reason,
       l.value AS observed
  FROM source_control_setting l
 WHERE l.name = 'lock_file'
