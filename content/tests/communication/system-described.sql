-- test:      communication.system-described
-- version:   1
-- title:     At least one system is in scope and described
-- kind:      state
-- subject:   -
-- controls:  CM-07
-- severity:  high
-- needs:     system
-- why:       Without a description nobody can tell what the report is about.
-- remedy:    attest system add: name the system and fill in the parts of its description, DC 1 to DC 9.
SELECT 'system' AS item,
       CASE WHEN count(*) > 0 THEN TRUE ELSE FALSE END AS ok,
       'no system in scope has an approved description' AS reason
  FROM system
 WHERE in_scope AND state = 'approved'
