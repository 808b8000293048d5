-- test:      data.stores-described
-- version:   1
-- title:     Every data store has an owner, an approved class and an answer on personal data
-- kind:      state
-- subject:   data_store
-- controls:  DA-01, DA-02
-- severity:  high
-- needs:     data_store
-- needs:     data_class
-- needs:     person
-- why:       Data nobody has classified is protected by accident.
-- remedy:    attest data_store edit ID owner=P classification=CLASS personal_data=true|false, and confirm it.
WITH known AS (
     SELECT s.id AS of_id, count(c.id) AS classes, count(p.id) AS owners
       FROM data_store s
       LEFT JOIN data_class c ON c.id = coalesce(s.classification, '') AND c.state = 'approved'
       LEFT JOIN person p ON p.id = coalesce(s.owner, '') AND p.state <> 'left'
      GROUP BY s.id
)
SELECT s.source, s.id,
       CASE WHEN k.owners > 0 AND k.classes > 0 AND s.personal_data IS NOT NULL THEN TRUE ELSE FALSE END AS ok,
       CASE WHEN k.owners = 0 THEN 'nobody who works here owns it'
            WHEN k.classes = 0 THEN 'its class is not recorded or not approved'
            ELSE 'whether it holds personal data is not recorded' END AS reason,
       s.kind || ' ' || s.name AS observed,
       s.owner AS owner
  FROM data_store s
  JOIN known k ON k.of_id = s.id
 WHERE s.state IN ('in_use', 'retired')
