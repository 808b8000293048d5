-- What has a day in a span of time and is not over: work that is due, reviews, and what ends.
SELECT x.type, x.id, x.title, x.at_time, x.word, coalesce(p.name, x.owner) AS owner FROM (
SELECT 'task' AS type, id AS id, title AS title, due_at AS at_time, 'due' AS word, owner AS owner FROM task WHERE state = 'open'
UNION ALL SELECT 'access_review', id, system, due_at, 'due', reviewer FROM access_review WHERE state IN ('draft', 'running')
UNION ALL SELECT 'policy', id, title, review_due_at, 'to be reviewed', owner FROM policy WHERE state <> 'retired'
UNION ALL SELECT 'policy_exception', id, title, ends_at, 'ends', requester FROM policy_exception WHERE state = 'approved'
UNION ALL SELECT 'risk', id, title, review_due_at, 'to be reviewed', owner FROM risk WHERE state <> 'closed'
UNION ALL SELECT 'risk', id, title, treatment_due_at, 'treatment due', owner FROM risk WHERE state = 'assessed'
UNION ALL SELECT 'risk_acceptance', id, risk, ends_at, 'ends', owner FROM risk_acceptance WHERE state = 'approved'
UNION ALL SELECT 'vendor', id, name, review_due_at, 'to be reviewed', owner FROM vendor WHERE state = 'active'
UNION ALL SELECT 'contract', id, title, ends_at, 'ends', owner FROM contract WHERE state = 'active'
UNION ALL SELECT 'evidence', id, title, expires_at, 'expires', given_by FROM evidence WHERE state = 'current'
UNION ALL SELECT 'waiver', id, test, ends_at, 'ends', requester FROM waiver WHERE state = 'approved'
UNION ALL SELECT 'training', id, course, due_at, 'due', person FROM training WHERE state = 'assigned'
UNION ALL SELECT 'checklist_item', id, title, due_at, 'due', owner FROM checklist_item WHERE state = 'open'
UNION ALL SELECT 'finding', id, title, due_at, 'due', owner FROM finding WHERE state IN ('open', 'in_progress')
UNION ALL SELECT 'notification', id, regime, due_at, 'due', owner FROM notification WHERE state = 'open'
UNION ALL SELECT 'certificate', system, path, valid_until_at, 'expires', '' FROM certificate WHERE position = 1
) x LEFT JOIN person p ON p.id = x.owner
 WHERE x.at_time >= {from} AND x.at_time < {to}
 ORDER BY x.at_time, x.type, x.id LIMIT {limit}
