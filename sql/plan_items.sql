-- The items of the plan and the gaps they close.
SELECT id, gap FROM remediation ORDER BY id
