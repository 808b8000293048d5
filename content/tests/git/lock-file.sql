-- test:      git.lock-file
-- version:   1
-- title:     Versions of dependencies are fixed in the repository
-- kind:      state
-- subject:   repository
-- controls:  VM-04
-- severity:  medium
-- needs:     repository max_age=26h
-- needs:     source_control_setting max_age=26h
-- why:       Without fixed versions a build may take a library that nobody has tested, or that an
--            attacker has just published.
-- remedy:    Commit the lock file of the package manager (package-lock.json, Cargo.lock, go.sum,
--            poetry.lock); waive it where the code has no dependencies.
SELECT r.source, r.repository,
       s.present AS ok,
       CASE WHEN s.present IS NULL THEN 'whether it is there is not known'
            ELSE 'no lock file' END AS reason,
       s.value AS observed
  FROM repository r
  LEFT JOIN source_control_setting s
    ON s.repository = r.repository AND s.source = r.source AND s.name = 'lock_file'
