-- test:      backup.planned
-- version:   1
-- title:     Every data store that must not be lost has an approved backup plan
-- kind:      state
-- subject:   data_store
-- controls:  BC-03
-- severity:  high
-- needs:     data_store
-- needs:     backup_plan empty=ok
-- param:     max_days int = 380 guard <= 400
-- why:       Whether data survives is decided when the backup is planned, and learned when it is needed.
-- remedy:    attest backup_plan add data_store=ID frequency_minutes=N rpo_minutes=N rto_minutes=N, and have
--            somebody who does not own it approve it. What can be made again: attest data_store edit ID needs_backup=false.
WITH plans AS (
     SELECT s.id AS of_id,
            max(CASE WHEN p.id IS NULL THEN 0
                     WHEN (p.approver <> p.owner AND p.approved_at >= as_of() - days(:max_days)) IS TRUE THEN 3
                     WHEN (p.approver <> p.owner AND p.approved_at >= as_of() - days(:max_days)) IS NULL THEN 2
                     ELSE 1 END) AS level
       FROM data_store s
       LEFT JOIN backup_plan p ON p.data_store = s.id AND p.state = 'approved'
      GROUP BY s.id
)
SELECT s.source, s.id,
       CASE x.level WHEN 3 THEN TRUE WHEN 2 THEN NULL ELSE FALSE END AS ok,
       CASE x.level WHEN 0 THEN 'no plan is in force'
            WHEN 2 THEN 'who approved its plan, or when, is not known'
            ELSE 'its plan was approved by its owner, or too long ago' END AS reason,
       s.kind || ' ' || s.name AS observed,
       s.owner AS owner
  FROM data_store s
  JOIN plans x ON x.of_id = s.id
 WHERE s.needs_backup AND s.state = 'in_use' AND s.kind <> 'backup'
