-- test:      finding.remediation
-- version:   1
-- title:     The plan that closes gaps has owners and dates, and is not overdue
-- kind:      state
-- subject:   remediation
-- controls:  MO-04
-- severity:  medium
-- needs:     remediation empty=ok
-- why:       A gap with a plan that nobody follows is a gap.
-- remedy:    Name an owner and a date for each item, do it, or drop it with a reason.
SELECT r.id,
       CASE WHEN r.owner IS NULL THEN FALSE
            ELSE (r.due_at >= as_of()) END AS ok,
       CASE WHEN r.owner IS NULL THEN 'nobody owns it'
            WHEN r.due_at IS NULL THEN 'no date is set'
            ELSE 'it is overdue' END AS reason,
       r.action AS observed,
       r.owner AS owner
  FROM remediation r
 WHERE r.state IN ('open', 'in_progress')
