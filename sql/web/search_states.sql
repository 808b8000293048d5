-- Where criteria, controls and tests stand.
SELECT 'criterion' AS kind, criterion AS id, state FROM criterion_result
UNION ALL
SELECT 'control' AS kind, control AS id, state FROM control_result
UNION ALL
SELECT 'test' AS kind, test AS id, state FROM result
