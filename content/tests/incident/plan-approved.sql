-- test:      incident.plan-approved
-- version:   1
-- title:     An incident response plan is in force and was approved this year
-- kind:      state
-- subject:   -
-- controls:  IR-01
-- severity:  high
-- needs:     continuity_plan empty=ok
-- param:     max_days int = 380 guard <= 400
-- why:       Plans made during an incident are bad plans.
-- remedy:    attest continuity_plan add kind=incident_response; have somebody who does not own it approve it.
WITH plans AS (
     SELECT max(CASE WHEN p.id IS NULL THEN 0
                     WHEN (p.approver <> p.owner AND p.approved_at >= as_of() - days(:max_days)) IS TRUE THEN 3
                     WHEN (p.approver <> p.owner AND p.approved_at >= as_of() - days(:max_days)) IS NULL THEN 2
                     ELSE 1 END) AS level
       FROM continuity_plan p
      WHERE p.kind = 'incident_response' AND p.state = 'approved'
)
SELECT 'incident response plan' AS item,
       CASE coalesce(x.level, 0) WHEN 3 THEN TRUE WHEN 2 THEN NULL ELSE FALSE END AS ok,
       CASE coalesce(x.level, 0) WHEN 0 THEN 'no plan is in force'
            WHEN 2 THEN 'who approved it, or when, is not known'
            ELSE 'approved by its owner, or too long ago' END AS reason
  FROM plans x
