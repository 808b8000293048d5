-- test:      policy.procedures-exist
-- version:   1
-- title:     The recurring tasks of control have procedures
-- kind:      state
-- subject:   -
-- controls:  PL-02
-- severity:  medium
-- needs:     procedure
-- why:       A policy says what is expected; without a procedure each person does it in another way.
-- remedy:    Write the procedure down, name the policy it puts into action, and have it approved.
SELECT n.name AS item,
       CASE WHEN count(CASE WHEN (p.policy = n.name) IS TRUE THEN 1 END) > 0 THEN TRUE ELSE FALSE END AS ok,
       'no approved procedure puts this policy into action' AS reason,
       CAST(count(p.id) AS TEXT) || ' approved procedures' AS observed
  FROM (SELECT 'access-control' AS name UNION ALL SELECT 'change-management' AS name UNION ALL
        SELECT 'incident-response' AS name UNION ALL SELECT 'backup-and-restore' AS name UNION ALL
        SELECT 'vulnerability-management' AS name) n
  LEFT JOIN procedure p ON p.state = 'approved'
 GROUP BY n.name
