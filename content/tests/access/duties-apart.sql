-- test:      access.duties-apart
-- version:   1
-- title:     Nobody holds two rights that must be kept apart
-- kind:      state
-- subject:   -
-- controls:  AC-07, RK-08
-- severity:  high
-- needs:     duty_conflict
-- needs:     access_request
-- needs:     role_entitlement empty=ok
-- why:       Who can both make a payment and approve it, or write a change and release it, needs no accomplice.
-- remedy:    Revoke one of the two rights. Where one person has to hold both, add what protects instead and have
--            the exception waived.
WITH held AS (
     SELECT r.person AS holder, r.system AS of_system, r.entitlement AS right_held
       FROM access_request r WHERE r.state = 'granted'
      UNION
     SELECT 'role ' || e.job_role AS holder, e.system AS of_system, e.entitlement AS right_held
       FROM role_entitlement e WHERE e.state = 'approved'
), pairs AS (
     SELECT d.id AS of_id, coalesce(h.holder, '') AS holder, count(o.holder) AS others
       FROM duty_conflict d
       LEFT JOIN held h ON h.of_system = d.system AND h.right_held = d.entitlement
       LEFT JOIN held o ON o.holder = coalesce(h.holder, '') AND o.of_system = d.other_system AND o.right_held = d.other_entitlement
      WHERE d.state = 'active'
      GROUP BY d.id, coalesce(h.holder, '')
)
SELECT d.id || CASE WHEN x.holder = '' THEN '' ELSE ' ' || x.holder END AS item,
       CASE WHEN x.others = 0 THEN TRUE ELSE FALSE END AS ok,
       'holds both rights' AS reason,
       d.title || ': ' || d.entitlement || ' on ' || d.system || ', ' || d.other_entitlement || ' on ' || d.other_system AS observed,
       coalesce('protected by: ' || d.mitigation, 'nothing protects instead') AS expected,
       d.owner AS owner
  FROM pairs x
  JOIN duty_conflict d ON d.id = x.of_id
