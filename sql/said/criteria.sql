-- Criteria that were declared not to apply.
SELECT id, reason FROM criterion WHERE applicable IS FALSE ORDER BY id
