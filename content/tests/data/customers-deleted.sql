-- test:      data.customers-deleted
-- version:   1
-- title:     Data of customers who left was deleted in time, and somebody else saw that it is gone
-- kind:      event
-- subject:   customer
-- controls:  DA-04
-- severity:  high
-- needs:     customer
-- param:     window_days int = 380 guard >= 90
-- why:       The contract promises it, and the data of a former customer is all risk and no use.
-- remedy:    Delete it, keep the log, have it checked: attest customer do delete ID. Where a court wants it kept, say
--            so: attest customer edit ID legal_hold=true hold_reason=TEXT.
SELECT c.source, c.id,
       coalesce(c.ended_at, as_of()) AS at,
       CASE WHEN c.state = 'deleted' THEN (c.deleted_at <= c.delete_due_at AND c.verified_by <> c.owner AND c.proof IS NOT NULL)
            WHEN c.legal_hold IS TRUE AND c.hold_reason IS NOT NULL THEN TRUE
            ELSE (c.delete_due_at >= as_of()) END AS ok,
       CASE WHEN c.delete_due_at IS NULL THEN 'by when it must be deleted is not known'
            WHEN c.state = 'ended' THEN 'overdue'
            WHEN c.deleted_at IS NULL OR c.verified_by IS NULL OR c.owner IS NULL THEN 'when it was deleted, or who saw it, is not known'
            WHEN (c.verified_by = c.owner) IS TRUE THEN 'nobody but its owner saw it'
            WHEN c.proof IS NULL THEN 'nothing shows it'
            ELSE 'deleted too late' END AS reason,
       c.name AS observed,
       c.owner AS owner
  FROM customer c
 WHERE c.state IN ('ended', 'deleted') AND coalesce(c.ended_at, as_of()) >= as_of() - days(:window_days)
