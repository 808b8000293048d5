-- test:      git.dependency-updates
-- version:   1
-- title:     Updates of dependencies are proposed by a tool
-- kind:      state
-- subject:   repository
-- controls:  VM-04
-- severity:  medium
-- needs:     repository max_age=26h
-- needs:     source_control_setting max_age=26h
-- why:       Known flaws in libraries are used by attackers within days.
-- remedy:    Add .github/dependabot.yml or renovate.json and handle its proposals weekly.
SELECT r.source, r.repository,
       s.present AS ok,
       CASE WHEN s.present IS NULL THEN 'whether it is there is not known'
            ELSE 'no configuration of an update tool' END AS reason,
       s.value AS observed
  FROM repository r
  LEFT JOIN source_control_setting s
    ON s.repository = r.repository AND s.source = r.source AND s.name = 'dependency_updates'
