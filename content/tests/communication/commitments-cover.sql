-- test:      communication.commitments-cover
-- version:   1
-- title:     Each category in scope has a promise to customers that is in force
-- kind:      state
-- subject:   -
-- controls:  CM-04, RK-01
-- severity:  high
-- needs:     service_commitment
-- needs:     category empty=ok
-- why:       A category without a commitment cannot be reported on: there is nothing to measure the controls against.
-- remedy:    Record what contracts, terms and service levels promise in this category (attest service_commitment add),
--            or take the category out of scope.
SELECT n.name AS item,
       CASE WHEN coalesce(s.n, 0) > 0 THEN TRUE ELSE FALSE END AS ok,
       'nothing is promised in this category' AS reason,
       CAST(coalesce(s.n, 0) AS TEXT) || ' in force' AS observed
  FROM (SELECT 'security' AS name UNION ALL SELECT 'availability' AS name UNION ALL SELECT 'confidentiality' AS name UNION ALL
        SELECT 'processing-integrity' AS name UNION ALL SELECT 'privacy' AS name) n
  LEFT JOIN category k ON k.id = n.name
  LEFT JOIN (SELECT category AS of_category, count(*) AS n FROM service_commitment WHERE state = 'in_force' GROUP BY category) s
    ON s.of_category = n.name
 WHERE k.in_scope IS NOT FALSE
