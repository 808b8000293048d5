-- test:      data.retention-set
-- version:   1
-- title:     Every data store keeps its data under an approved retention rule
-- kind:      state
-- subject:   data_store
-- controls:  DA-03
-- severity:  medium
-- needs:     data_store
-- needs:     retention_rule
-- why:       Data without an end is kept until it is stolen.
-- remedy:    attest retention_rule add, have it approved, and name it: attest data_store edit ID retention=RET-N.
WITH ruled AS (
     SELECT s.id AS of_id, count(r.id) AS rules
       FROM data_store s
       LEFT JOIN retention_rule r ON r.id = coalesce(s.retention, '') AND r.state = 'approved'
      GROUP BY s.id
)
SELECT s.source, s.id,
       CASE WHEN x.rules > 0 THEN TRUE ELSE FALSE END AS ok,
       CASE WHEN s.retention IS NULL THEN 'no rule says how long its data is kept' ELSE 'its rule is not approved' END AS reason,
       s.kind || ' ' || s.name AS observed,
       s.owner AS owner
  FROM data_store s
  JOIN ruled x ON x.of_id = s.id
 WHERE s.state IN ('in_use', 'retired')
