-- test:      password.min-length
-- version:   1
-- title:     New passwords have a minimum length
-- kind:      state
-- subject:   setting
-- controls:  AC-10
-- severity:  medium
-- needs:     setting max_age=26h
-- param:     min_length int = 12 guard >= 8
-- why:       Every further character multiplies the work of guessing.
-- remedy:    Set "minlen = 12" in /etc/security/pwquality.conf, and no shorter minlen in
--            /etc/pam.d/common-password.
SELECT d.source, d.system, 'pwquality' AS component, 'minlen' AS name,
       (s.number >= :min_length) AS ok,
       CASE WHEN s.number IS NULL THEN 'the setting could not be read'
            ELSE 'shorter passwords are accepted' END AS reason,
       s.value AS observed,
       'at least ' || CAST(:min_length AS TEXT) AS expected
  FROM (SELECT DISTINCT system, source FROM setting WHERE component = 'pwquality') d
  LEFT JOIN setting s
    ON s.system = d.system AND s.source = d.source AND s.component = 'pwquality' AND s.name = 'minlen'
