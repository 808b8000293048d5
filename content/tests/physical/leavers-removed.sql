-- test:      physical.leavers-removed
-- version:   1
-- title:     Nobody who has left still holds a badge or key
-- kind:      state
-- subject:   physical_access
-- controls:  PH-03
-- severity:  high
-- needs:     physical_access
-- needs:     person
-- why:       A badge works until it is switched off, and its holder knows the house.
-- remedy:    Switch it off or take it back, then: attest physical_access do remove ID removed_at=T.
SELECT a.source, a.id,
       CASE WHEN p.state = 'left' OR (a.expires_at <= as_of()) IS TRUE THEN FALSE ELSE TRUE END AS ok,
       CASE WHEN p.state = 'left' THEN 'its holder has left' ELSE 'its time is up' END AS reason,
       p.name || ': ' || a.kind || ' for ' || a.facility AS observed,
       a.person AS owner
  FROM physical_access a
  JOIN person p ON p.id = a.person
 WHERE a.state = 'granted'
