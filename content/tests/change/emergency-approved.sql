-- test:      change.emergency-approved
-- version:   1
-- title:     Emergency changes were approved afterwards in time
-- kind:      event
-- subject:   change_request
-- controls:  CH-06
-- severity:  high
-- needs:     change_request
-- param:     window_days int = 190 guard >= 90
-- why:       The way around the process is safe only as long as somebody looks at who took it and why.
-- remedy:    Let somebody who neither made nor released it judge it: attest change_request do ratify ID.
SELECT c.source, c.id,
       coalesce(c.released_at, as_of()) AS at,
       CASE WHEN (c.approver = c.author) IS TRUE OR (c.approver = c.released_by) IS TRUE THEN FALSE
            WHEN c.approved_at IS NULL THEN (as_of() <= c.due_at)
            WHEN (c.approved_at <= c.released_at) IS TRUE THEN (c.approver <> c.author AND c.approver <> c.released_by)
            ELSE (c.approver <> c.author AND c.approver <> c.released_by AND c.approved_at <= c.due_at) END AS ok,
       CASE WHEN c.due_at IS NULL THEN 'by when it had to be approved is not known'
            WHEN (c.approver = c.author) IS TRUE THEN 'approved by its author'
            WHEN (c.approver = c.released_by) IS TRUE THEN 'approved by the one who released it'
            WHEN c.approved_at IS NULL THEN 'overdue and not approved'
            WHEN c.approver IS NULL OR c.released_by IS NULL THEN 'who approved or released it is not known'
            ELSE 'approved too late' END AS reason,
       c.title AS observed,
       c.author AS owner
  FROM change_request c
 WHERE c.kind = 'emergency' AND c.state IN ('released', 'closed', 'backed_out')
   AND coalesce(c.released_at, as_of()) >= as_of() - days(:window_days)
