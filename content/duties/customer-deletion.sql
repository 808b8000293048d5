-- duty:     customer-deletion
-- title:    Delete the data of the customer who left
-- why:      Data that should be gone can still be stolen.
-- owner:    operations_lead
-- lead:     30 days
-- escalate: 3 days
-- priority: high
SELECT 'customer/' || id AS about, 'Delete the data of ' || name || ', and have somebody else see that it is gone' AS title, delete_due_at AS due_at
  FROM customer
 WHERE state = 'ended' AND NOT coalesce(legal_hold, FALSE)
