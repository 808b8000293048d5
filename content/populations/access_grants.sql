-- population: access_grants
-- title:      Access that was granted
-- made-of:    Access requests whose rights were granted in the period, or on a day that is not known. Rights given
--             without a request are not in it: the completeness check counts accounts that no request and no owner
--             explains.
-- criteria:   CC6.2 CC6.3
-- period:     when the rights were granted
-- moment:     now
-- times:      granted_at
-- needs:      access_request
-- needs:      account_owner empty=ok
-- needs:      account max_age=7d
SELECT q.id AS request_id, q.login AS account, q.system AS system, q.entitlement AS role, q.requester AS requested_by,
       q.approver AS approved_by, q.granted_at AS granted_at, q.person AS person, q.privileged AS privileged
  FROM access_request q
 WHERE q.state IN ('granted', 'revoked') AND (q.granted_at >= :from AND q.granted_at < :to) IS NOT FALSE
 ORDER BY granted_at, request_id
-- completeness: requests are numbered without gaps, and every open account of a person has a request or a recorded owner
WITH numbered AS (SELECT r.id AS id FROM access_request r
               WHERE r.id LIKE 'AR-%' AND trim(substr(r.id, 4), '0123456789') = '' AND substr(r.id, 4, 1) NOT IN ('', '0')),
     highest AS (SELECT max(n.id) AS id FROM numbered n
                  WHERE length(n.id) = (SELECT max(length(m.id)) FROM numbered m))
SELECT 'every number from 1 on is there' AS check_name,
       (coalesce((SELECT h.id FROM highest h), 'AR-0') = 'AR-' || CAST((SELECT count(n.id) FROM numbered n) AS TEXT)) AS ok,
       CAST((SELECT count(n.id) FROM numbered n) AS TEXT) || ' with numbers, '
         || CAST((SELECT count(r.id) FROM access_request r) - (SELECT count(n.id) FROM numbered n) AS TEXT) || ' with ids of their own' AS observed,
       'the highest is ' || coalesce((SELECT h.id FROM highest h), 'AR-0') AS expected
UNION ALL
SELECT 'every open account is explained' AS check_name,
       count(*) = 0 AS ok,
       CAST(count(*) AS TEXT) || ' open accounts that no granted request and no recorded owner explains' AS observed,
       'none' AS expected
  FROM account a
       LEFT JOIN access_request q ON q.system = a.system AND q.login = a.login AND q.state IN ('granted', 'revoked')
       LEFT JOIN account_owner o ON o.system = a.system AND o.login = a.login AND o.state = 'current'
 WHERE a.active IS NOT FALSE AND a.kind IS DISTINCT FROM 'service' AND q.id IS NULL AND o.id IS NULL
