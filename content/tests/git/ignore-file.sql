-- test:      git.ignore-file
-- version:   1
-- title:     The repository keeps local files out of commits
-- kind:      state
-- subject:   repository
-- controls:  AC-16
-- severity:  low
-- needs:     repository max_age=26h
-- needs:     source_control_setting max_age=26h
-- why:       Local settings with passwords get into history by a careless git add.
-- remedy:    Add a .gitignore with .env, *.pem, *.key and build output.
SELECT r.source, r.repository,
       s.present AS ok,
       CASE WHEN s.present IS NULL THEN 'whether it is there is not known'
            ELSE 'no .gitignore' END AS reason,
       s.value AS observed
  FROM repository r
  LEFT JOIN source_control_setting s
    ON s.repository = r.repository AND s.source = r.source AND s.name = 'ignore_file'
