-- What belongs to a record: evidence, comments, links from and to it.
SELECT 'evidence' AS kind, id, title AS what, given_by AS who, received_at AS told_at FROM evidence WHERE supports = {about}
UNION ALL
SELECT 'comment', id, body, author, said_at FROM comment WHERE subject = {about}
UNION ALL
SELECT 'link', id, meaning || ' ' || object, NULL, valid_from FROM link WHERE subject = {about} AND state = 'current'
UNION ALL
SELECT 'link', id, subject || ' ' || meaning || ' this', NULL, valid_from FROM link WHERE object = {about} AND state = 'current'
UNION ALL
SELECT 'task', id, title, owner, due_at FROM task WHERE about = {about} AND state = 'open'
ORDER BY told_at, id
