-- test:      change.through-request
-- version:   1
-- title:     Changes reach the default branch through a merge or a request
-- kind:      event
-- subject:   change
-- controls:  CH-03, CH-04
-- severity:  medium
-- needs:     change max_age=26h
-- param:     window_days int = 90 guard >= 30
-- why:       A direct push skips review, tests and the record of why it was made.
-- remedy:    Forbid direct pushes to the default branch in the settings of the code host; name the
--            request in the message (#12) when squashing.
SELECT source, repository, id,
       coalesce(at, as_of()) AS at,
       (CASE WHEN (merge OR reference <> '') IS TRUE THEN TRUE
             WHEN merge IS FALSE AND (reference = '' OR approved IS FALSE) IS TRUE THEN FALSE
             ELSE NULL END) AS ok,
       CASE WHEN merge IS NULL THEN 'whether it is a merge is not known'
            WHEN reference IS NULL AND approved IS NOT FALSE THEN 'whether it belongs to a request is not known'
            ELSE 'pushed directly' END AS reason,
       coalesce(author, '?') || ': ' || coalesce(title, '') AS observed
  FROM change
 WHERE coalesce(at, as_of()) >= as_of() - days(:window_days)
