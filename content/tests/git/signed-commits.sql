-- test:      git.signed-commits
-- version:   1
-- title:     Commits are signed by their authors
-- kind:      event
-- subject:   commit_log
-- controls:  CH-10
-- severity:  low
-- needs:     commit_log max_age=26h
-- param:     window_days int = 90 guard >= 30
-- why:       Name and address in a commit can be typed by anyone; a signature cannot.
-- remedy:    git config --global gpg.format ssh; git config --global user.signingkey
--            ~/.ssh/id_ed25519.pub; git config --global commit.gpgsign true; and register the key with
--            the code host.
SELECT source, repository, id,
       coalesce(committed_at, as_of()) AS at,
       (signed) AS ok,
       CASE WHEN signed IS NULL THEN 'whether it is signed is not known'
            ELSE 'not signed' END AS reason,
       coalesce(author, '?') || ': ' || coalesce(subject, '') AS observed
  FROM commit_log
 WHERE coalesce(committed_at, as_of()) >= as_of() - days(:window_days)
