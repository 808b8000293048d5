-- test:      git.secrets
-- version:   1
-- title:     No secret is kept in a repository
-- kind:      state
-- subject:   repository
-- controls:  AC-16
-- severity:  critical
-- needs:     repository max_age=26h
-- needs:     secret_finding max_age=26h
-- why:       Whoever has a copy of the code, now or in ten years, has the secret too.
-- remedy:    Revoke and replace the secret first; then git rm --cached the file, move the secret to a
--            secret store and scan history with git log -p -- FILE.
SELECT r.source, r.repository,
       CASE WHEN coalesce(f.sure, 0) > 0 THEN FALSE
            WHEN coalesce(f.possible, 0) > 0 THEN NULL
            ELSE TRUE END AS ok,
       CASE WHEN coalesce(f.sure, 0) > 0 THEN 'keys or tokens in tracked files'
            ELSE 'a finding could not be told from test data or untracked files' END AS reason,
       CAST(f.sure AS TEXT) || ' for sure, at most ' || CAST(f.possible AS TEXT) ||
       ', such as ' || f.example AS observed,
       'none' AS expected
  FROM repository r
  LEFT JOIN (SELECT repository, source,
                    sum(CASE WHEN (tracked AND NOT test_data) IS TRUE THEN 1 ELSE 0 END) AS sure,
                    count(*) AS possible,
                    min(rule || ' in ' || path || ':' || CAST(line AS TEXT)) AS example
               FROM secret_finding
              WHERE (tracked AND NOT test_data) IS NOT FALSE
              GROUP BY repository, source) f
    ON f.repository = r.repository AND f.source = r.source
