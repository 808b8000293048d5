-- test:      policy.approved
-- version:   1
-- title:     Every policy that holds was approved by someone who did not write it
-- kind:      state
-- subject:   policy_version
-- controls:  PL-01
-- severity:  high
-- needs:     policy_version
-- why:       A rule that one person made alone is that person's opinion.
-- remedy:    Write the next version and let somebody else in management approve it.
SELECT id,
       (approver <> author AND approver <> submitter AND approved_at IS NOT NULL AND digest IS NOT NULL) AS ok,
       CASE WHEN (approver = author OR approver = submitter) IS TRUE THEN 'approved by its author'
            WHEN approved_at IS NULL OR approver IS NULL THEN 'not approved'
            WHEN digest IS NULL THEN 'the approved text has no digest'
            ELSE 'who wrote it is not known' END AS reason,
       policy || ' version ' || CAST(version AS TEXT) AS observed, author AS owner
  FROM policy_version
 WHERE state IN ('approved', 'published')
