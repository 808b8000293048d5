-- test:      git.ci
-- version:   1
-- title:     Changes are tested by machines
-- kind:      state
-- subject:   repository
-- controls:  CH-02
-- severity:  high
-- needs:     repository max_age=26h
-- needs:     source_control_setting max_age=26h
-- why:       What is tested only by hand is tested only at first.
-- remedy:    Add a pipeline (.github/workflows/*.yml, .gitlab-ci.yml, or what the code host reads) that
--            runs the tests on each change, and require it to pass before a merge.
SELECT r.source, r.repository,
       s.present AS ok,
       CASE WHEN s.present IS NULL THEN 'whether it is there is not known'
            ELSE 'no configuration of continuous integration' END AS reason,
       s.value AS observed
  FROM repository r
  LEFT JOIN source_control_setting s
    ON s.repository = r.repository AND s.source = r.source AND s.name = 'ci'
