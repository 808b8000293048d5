-- test:      data.hold-kept
-- version:   1
-- title:     Nothing under a legal hold was destroyed
-- kind:      state
-- subject:   retention_rule
-- controls:  DA-03
-- severity:  high
-- needs:     retention_rule
-- needs:     disposal empty=ok
-- why:       Destroying what a court has asked for is an offence, whatever the retention rule says.
-- remedy:    Stop the jobs that delete under the rule, tell legal counsel, and name the hold in each planned disposal.
WITH broken AS (
     SELECT r.id AS of_id,
            max(CASE WHEN d.id IS NULL THEN 0
                     WHEN (d.retention = r.id AND d.done_at >= r.held_at) IS TRUE THEN 2
                     WHEN (d.retention = r.id AND d.done_at >= r.held_at) IS NULL THEN 1
                     ELSE 0 END) AS level
       FROM retention_rule r
       LEFT JOIN disposal d ON d.state = 'done' AND d.kind = 'retention'
      GROUP BY r.id
)
SELECT r.source, r.id,
       CASE b.level WHEN 0 THEN TRUE WHEN 2 THEN FALSE END AS ok,
       CASE WHEN b.level = 1 THEN 'under which rule, or when, something was destroyed is not known'
            ELSE 'something was destroyed while the hold was on' END AS reason,
       r.title || ': ' || coalesce(r.hold_reason, '?') AS observed,
       r.owner AS owner
  FROM retention_rule r
  JOIN broken b ON b.of_id = r.id
 WHERE r.legal_hold
