-- test:      policy.procedures
-- version:   1
-- title:     Every procedure was approved by someone other than its author and is in date
-- kind:      state
-- subject:   procedure
-- controls:  PL-02
-- severity:  medium
-- needs:     procedure
-- needs:     person
-- param:     max_days int = 372 guard <= 400
-- why:       A control must survive the absence of the person who invented it.
-- remedy:    Compare the procedure with how the work is done, correct it, and have it approved with the next date.
SELECT p.id,
       CASE WHEN p.owner IS NULL THEN FALSE
            WHEN o.id IS NULL THEN NULL
            ELSE (o.state IN ('active', 'on_leave') AND p.approver <> p.author AND p.approved_at >= as_of() - days(:max_days)
                  AND p.review_due_at + days(1) > as_of()) END AS ok,
       CASE WHEN p.owner IS NULL THEN 'nobody owns it'
            WHEN o.id IS NULL THEN 'the owner is not on record'
            WHEN (o.state IN ('active', 'on_leave')) IS NOT TRUE THEN 'the owner does not work here'
            WHEN (p.approver = p.author) IS TRUE THEN 'approved by its author'
            ELSE 'its review is overdue, or not dated' END AS reason,
       p.title AS observed, p.owner
  FROM procedure p
  LEFT JOIN person o ON o.id = coalesce(p.owner, '')
 WHERE p.state = 'approved'
