-- test:      git.codeowners
-- version:   1
-- title:     Sensitive code has named owners
-- kind:      state
-- subject:   repository
-- controls:  CH-03
-- severity:  low
-- needs:     repository max_age=26h
-- needs:     source_control_setting max_age=26h
-- why:       Changes to sensitive parts should be seen by those who know them.
-- remedy:    Add .github/CODEOWNERS (GitLab: CODEOWNERS) with a line for each sensitive path, and
--            require review by owners in the branch protection.
SELECT r.source, r.repository,
       s.present AS ok,
       CASE WHEN s.present IS NULL THEN 'whether it is there is not known'
            ELSE 'no CODEOWNERS file' END AS reason,
       s.value AS observed
  FROM repository r
  LEFT JOIN source_control_setting s
    ON s.repository = r.repository AND s.source = r.source AND s.name = 'codeowners'
