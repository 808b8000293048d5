-- test:      git.commit-identity
-- version:   1
-- title:     Commits name the real address of their author
-- kind:      event
-- subject:   commit_log
-- controls:  CH-10
-- severity:  low
-- needs:     commit_log max_age=26h
-- param:     window_days int = 90 guard >= 30
-- why:       An address made up by a machine points to nobody.
-- remedy:    git config --global user.email YOUR.NAME@COMPANY on every machine, root accounts included;
--            .mailmap corrects what is in history.
SELECT source, repository, id,
       coalesce(committed_at, as_of()) AS at,
       (author LIKE '%_@_%._%' AND author NOT LIKE '%@localhost%' AND author NOT LIKE '%.localdomain'
        AND author NOT LIKE '%.local' AND author NOT LIKE '%.(none)' AND author NOT LIKE '%@example.%') AS ok,
       CASE WHEN author IS NULL THEN 'the address could not be read'
            ELSE 'not an address of a person' END AS reason,
       author AS observed
  FROM commit_log
 WHERE coalesce(committed_at, as_of()) >= as_of() - days(:window_days)
