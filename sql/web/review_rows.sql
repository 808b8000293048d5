-- The accounts that a review froze, with what helps to decide: those to look at first, what is decided last.
SELECT id, version, login, state, decision, reason, person, person_name, person_state, job_title, own_kind, privileged, active, privileged_now,
       last_login_at, logged_in, mfa, last_decision, last_at, last_reason, last_privileged, decided_by, decided_at, matrix, matrix_privileged, grp
  FROM (
SELECT x.*, CASE
         WHEN x.person = {me} THEN 'own'
         WHEN x.person IS NULL THEN 'nobody'
         WHEN x.person_state = 'left' THEN 'left'
         WHEN (x.privileged = 1 OR x.privileged_now = 1) AND coalesce(x.matrix_privileged, 0) = 0 THEN 'admin'
         WHEN x.last_decision IN ('revoke', 'change') THEN 'back'
         WHEN x.last_privileged = 0 AND x.privileged = 1 THEN 'more'
         WHEN x.reviewed_before = 1 AND x.last_decision IS NULL THEN 'new'
         WHEN x.is_account = 1 AND (x.last_login_at IS NULL OR x.last_login_at < as_of() - days(90)) THEN 'unused'
         ELSE 'expected' END AS grp
  FROM (
SELECT d.id AS id, d.row_id AS version, d.login AS login, d.state AS state, d.decision AS decision, d.reason AS reason,
       d.person AS person, p.name AS person_name, p.state AS person_state, p.job_title AS job_title, o.kind AS own_kind,
       d.privileged AS privileged, a.active AS active, a.privileged AS privileged_now, a.last_login_at AS last_login_at,
       a.logged_in AS logged_in, a.mfa AS mfa, CASE WHEN a.login IS NULL THEN 0 ELSE 1 END AS is_account,
       l.decision AS last_decision, l.decided_at AS last_at, l.reason AS last_reason, l.privileged AS last_privileged,
       d.decided_by AS decided_by, d.decided_at AS decided_at,
       (SELECT count(*) FROM role_entitlement e WHERE e.system = d.system AND e.job_role = p.job_title AND e.state = 'approved') AS matrix,
       (SELECT count(*) FROM role_entitlement e WHERE e.system = d.system AND e.job_role = p.job_title AND e.state = 'approved' AND e.privileged = 1) AS matrix_privileged,
       CASE WHEN EXISTS (SELECT 1 FROM access_decision b WHERE b.review = {before}) THEN 1 ELSE 0 END AS reviewed_before
  FROM access_decision_history d
  LEFT JOIN person p ON p.id = d.person
  LEFT JOIN account a ON a.system = d.system AND a.login = d.login
  LEFT JOIN account_owner o ON o.system = d.system AND o.login = d.login AND o.state = 'current'
  LEFT JOIN access_decision l ON l.review = {before} AND l.login = d.login
 WHERE d.review = {review} AND d.valid_from <= as_of() AND d.valid_to > as_of()) x) y
 ORDER BY CASE state WHEN 'pending' THEN 0 WHEN 'decided' THEN 1 ELSE 2 END,
          CASE grp WHEN 'left' THEN 0 WHEN 'nobody' THEN 1 WHEN 'admin' THEN 2 WHEN 'back' THEN 3 WHEN 'more' THEN 4 WHEN 'new' THEN 5 WHEN 'unused' THEN 6 WHEN 'own' THEN 7 ELSE 8 END,
          login, id
 LIMIT {limit} OFFSET {offset}
