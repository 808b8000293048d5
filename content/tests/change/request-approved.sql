-- test:      change.request-approved
-- version:   1
-- title:     Changes were released only after somebody other than their author approved them
-- kind:      event
-- subject:   change_request
-- controls:  CH-01, CH-05
-- severity:  high
-- needs:     change_request
-- param:     window_days int = 100 guard >= 30
-- why:       One person alone must not be able to change the system, by mistake or on purpose.
-- remedy:    Have the change judged now and report how it came to be released without approval.
SELECT c.source, c.id,
       coalesce(c.released_at, as_of()) AS at,
       CASE WHEN c.kind = 'standard' THEN (c.template IS NOT NULL)
            ELSE (c.approver <> c.author AND c.approved_at <= c.released_at) END AS ok,
       CASE WHEN c.kind = 'standard' THEN 'which approved change it repeats is not named'
            WHEN c.approver IS NULL OR c.approved_at IS NULL OR c.released_at IS NULL
            THEN 'who approved it, or when it was approved or released, is not known'
            WHEN (c.approver = c.author) IS TRUE THEN 'approved by its author'
            ELSE 'released before it was approved' END AS reason,
       c.title AS observed,
       c.author AS owner
  FROM change_request c
 WHERE c.kind IN ('normal', 'standard') AND c.state IN ('released', 'closed', 'backed_out')
   AND coalesce(c.released_at, as_of()) >= as_of() - days(:window_days)
