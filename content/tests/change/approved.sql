-- test:      change.approved
-- version:   1
-- title:     Every change was approved by someone who did not write it
-- kind:      event
-- subject:   change
-- controls:  CH-01
-- severity:  high
-- needs:     change max_age=26h
-- param:     window_days int = 90 guard >= 30
-- why:       One person alone must not be able to put code into the product, by mistake or on purpose.
-- remedy:    Protect the default branch with one required approval, for administrators too. Where
--            reviews are kept outside git, write Reviewed-by: NAME <ADDRESS> into the merge commit, or
--            connect the code host.
SELECT source, repository, id,
       coalesce(at, as_of()) AS at,
       (approved) AS ok,
       CASE WHEN approved IS NULL THEN 'a review may be kept outside git'
            ELSE 'nobody but its authors approved it' END AS reason,
       coalesce(title, '?') || ' (by ' || coalesce(author, '?') || ', approved by ' ||
       coalesce(nullif(approvers, ''), 'nobody that was seen') || ')' AS observed
  FROM change
 WHERE coalesce(at, as_of()) >= as_of() - days(:window_days)
