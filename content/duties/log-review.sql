-- duty:     log-review
-- title:    Go through the logs
-- why:      Alerts find what somebody thought of; only a person finds the rest.
-- owner:    security_officer
-- lead:     7 days
-- escalate: 7 days
-- priority: medium
WITH kinds AS (
     SELECT 'security' AS of_kind, 31 AS every, 'Go through the security logs' AS what UNION ALL
     SELECT 'administrators' AS of_kind, 31 AS every, 'Go through the list of administrators and what they did' AS what UNION ALL
     SELECT 'customer_data' AS of_kind, 31 AS every, 'Go through the use of customer data by staff' AS what UNION ALL
     SELECT 'alert_rules' AS of_kind, 182 AS every, 'Go through the alert rules' AS what UNION ALL
     SELECT 'firewall_rules' AS of_kind, 182 AS every, 'Go through the firewall rules' AS what
)
SELECT k.what AS title, coalesce(max(r.performed_at), (SELECT min(c.decided_at) FROM category c)) + days(k.every) AS due_at
  FROM kinds k
  LEFT JOIN log_review r ON r.kind = k.of_kind AND r.performed_at <= as_of()
 GROUP BY k.what, k.every
