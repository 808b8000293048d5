-- duty:     register-confirm
-- title:    Say that the register is complete
-- why:      An empty register means that nothing happened, or that nobody wrote it down; only a person can tell.
-- owner:    compliance_lead
-- lead:     14 days
-- escalate: 14 days
-- priority: medium
SELECT 'Confirm that the register is complete: ' || replace(n.of_type, '_', ' ') AS title,
       coalesce(greatest(w.latest_at, g.confirmed_at) + days(92), (SELECT min(k.decided_at) FROM category k) + days(30)) AS due_at
  FROM (SELECT 'incident' AS of_type, 'security' AS of_category
         UNION ALL SELECT 'vendor_incident' AS of_type, 'security' AS of_category
         UNION ALL SELECT 'processing_error' AS of_type, 'processing-integrity' AS of_category
         UNION ALL SELECT 'subject_request' AS of_type, 'privacy' AS of_category
         UNION ALL SELECT 'complaint' AS of_type, 'privacy' AS of_category
         UNION ALL SELECT 'disclosure' AS of_type, 'privacy' AS of_category
         UNION ALL SELECT 'breach' AS of_type, 'privacy' AS of_category) n
  LEFT JOIN register g ON g.id = n.of_type
  LEFT JOIN (SELECT 'incident' AS of_type, max(valid_from) AS latest_at FROM incident
              UNION ALL SELECT 'vendor_incident' AS of_type, max(valid_from) AS latest_at FROM vendor_incident
              UNION ALL SELECT 'processing_error' AS of_type, max(valid_from) AS latest_at FROM processing_error
              UNION ALL SELECT 'subject_request' AS of_type, max(valid_from) AS latest_at FROM subject_request
              UNION ALL SELECT 'complaint' AS of_type, max(valid_from) AS latest_at FROM complaint
              UNION ALL SELECT 'disclosure' AS of_type, max(valid_from) AS latest_at FROM disclosure
              UNION ALL SELECT 'breach' AS of_type, max(valid_from) AS latest_at FROM breach) w ON w.of_type = n.of_type
 WHERE n.of_category = 'security' OR NOT EXISTS (SELECT 1 FROM category c WHERE c.id = n.of_category AND NOT c.in_scope)
UNION ALL
SELECT 'Compare the register of vendors with payments, and confirm it' AS title,
       coalesce(max(confirmed_at) + days(92), (SELECT min(k.decided_at) FROM category k) + days(60)) AS due_at
  FROM register
 WHERE id = 'vendor'
