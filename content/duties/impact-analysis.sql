-- duty:     impact-analysis
-- title:    Analyse what an outage costs
-- why:      Targets that nobody derived from what an outage costs are guesses.
-- owner:    operations_lead
-- lead:     30 days
-- escalate: 21 days
-- priority: medium
SELECT 'impact_analysis/' || i.id AS about, 'Approve what an outage of ' || i.process || ' costs' AS title,
       coalesce(i.approved_at + days(365), i.valid_from + days(30)) AS due_at
  FROM impact_analysis i
 WHERE i.state <> 'retired'
UNION ALL
SELECT NULL AS about, 'Analyse what an outage costs, activity by activity' AS title, (SELECT min(k.decided_at) FROM category k) + days(60) AS due_at
  FROM (SELECT count(i.id) AS analyses FROM impact_analysis i) n
 WHERE n.analyses = 0
