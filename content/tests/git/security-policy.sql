-- test:      git.security-policy
-- version:   1
-- title:     The repository says how to report a vulnerability
-- kind:      state
-- subject:   repository
-- controls:  CM-05
-- severity:  low
-- needs:     repository max_age=26h
-- needs:     source_control_setting max_age=26h
-- why:       A finder who does not know whom to tell tells everyone.
-- remedy:    Add SECURITY.md with an address and what to expect.
SELECT r.source, r.repository,
       s.present AS ok,
       CASE WHEN s.present IS NULL THEN 'whether it is there is not known'
            ELSE 'no SECURITY.md' END AS reason,
       s.value AS observed
  FROM repository r
  LEFT JOIN source_control_setting s
    ON s.repository = r.repository AND s.source = r.source AND s.name = 'security_policy'
