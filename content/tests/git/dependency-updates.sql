-- test:      git.dependency-updates
-- version:   1
-- title:     Updates of dependencies are proposed by a tool
-- kind:      state
-- subject:   source_control_setting
-- controls:  VM-04
-- severity:  medium
-- needs:     source_control_setting max_age=26h
-- why:       Known flaws in libraries are used by attackers within days.
-- remedy:    Add .github/dependabot.yml or renovate.json and handle its proposals weekly.
SELECT l.source, l.repository, 'dependency_updates' AS name,
       u.present AS ok,
       CASE WHEN u.present IS NULL THEN 'whether it is there is not known'
            ELSE 'no configuration of an update tool' END AS reason,
       u.value AS observed
  FROM source_control_setting l
  LEFT JOIN source_control_setting u
    ON u.repository = l.repository AND u.source = l.source AND u.name = 'dependency_updates'
 WHERE l.name = 'lock_file'
