-- test:      customer.deletion-due
-- version:   1
-- title:     The data of customers who left is deleted by its date, unless it must be kept
-- kind:      state
-- subject:   customer
-- controls:  DA-04
-- severity:  high
-- needs:     customer
-- why:       Data kept after the promise can still leak, and then it should not have been there.
-- remedy:    Delete the data and write down when and how it is shown, or why it must be kept (legal_hold).
SELECT c.id,
       CASE WHEN c.legal_hold IS TRUE AND coalesce(c.hold_reason, '') <> '' THEN TRUE
            ELSE (c.delete_due_at >= as_of()) END AS ok,
       CASE WHEN c.delete_due_at IS NULL THEN 'by when it must be deleted is not known'
            ELSE 'its data should be gone' END AS reason,
       c.name AS observed,
       c.owner AS owner
  FROM customer c
 WHERE c.state = 'ended'
