-- test:      governance.management-review
-- version:   1
-- title:     Management looked at security and open deficiencies within the last quarter
-- kind:      state
-- subject:   -
-- controls:  MO-05
-- severity:  medium
-- needs:     meeting
-- param:     max_days int = 100 guard <= 120
-- why:       Deficiencies that only their owners know of are not weighed against each other.
-- remedy:    Hold a review with management on risks, failed controls and open actions, and finish its minutes.
SELECT 'management' AS item,
       CASE WHEN count(CASE WHEN (held_at >= as_of() - days(:max_days) AND held_at <= as_of() AND security_discussed) IS TRUE THEN 1 END) > 0
            THEN TRUE
            WHEN count(CASE WHEN (held_at >= as_of() - days(:max_days) AND held_at <= as_of() AND security_discussed) IS NOT FALSE THEN 1 END) > 0
            THEN NULL
            ELSE FALSE END AS ok,
       'no meeting with minutes, and with security on its agenda, is recent enough' AS reason,
       CAST(count(*) AS TEXT) || ' meetings with minutes' AS observed,
       'one within ' || CAST(:max_days AS TEXT) || ' days' AS expected
  FROM meeting
 WHERE kind IN ('management', 'risk_committee', 'security_review') AND state = 'minuted'
