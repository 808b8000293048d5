-- test:      privacy.breach-known
-- version:   1
-- title:     Every incident that touched personal data is in the register of breaches
-- kind:      event
-- subject:   incident
-- controls:  PR-12
-- severity:  high
-- needs:     incident max_age=100d
-- needs:     breach empty=ok
-- param:     window_days int = 365 guard >= 90
-- param:     max_days int = 3 guard <= 7
-- why:       The register is complete only if what the incident process knows is in it.
-- remedy:    Judge what happened to data; where it is personal, add a breach that names the incident and decide with
--            reasons whom to tell.
SELECT i.id,
       i.detected_at AS at,
       CASE WHEN coalesce(g.n, 0) > 0 THEN TRUE
            WHEN coalesce(i.data_impact, 'suspected') IN ('none', 'confidential') THEN TRUE
            WHEN i.detected_at >= as_of() - days(:max_days) AND i.state <> 'closed' THEN TRUE
            WHEN coalesce(i.data_impact, '') = 'personal' THEN FALSE
            ELSE NULL END AS ok,
       CASE WHEN coalesce(i.data_impact, '') = 'personal' THEN 'personal data was touched, and no breach names it'
            ELSE 'what happened to data is not judged' END AS reason,
       i.title AS observed,
       i.commander AS owner
  FROM incident i
  LEFT JOIN (SELECT k.id AS incident_id, count(b.id) AS n
               FROM incident k
               JOIN breach b ON coalesce(b.incident, '') = k.id
              GROUP BY k.id) g ON g.incident_id = i.id
 WHERE i.state <> 'not_an_incident' AND i.detected_at >= as_of() - days(:window_days)
