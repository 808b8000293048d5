-- test:      network.rules-reviewed
-- version:   1
-- title:     Firewall rules were reviewed in the last half year
-- kind:      state
-- subject:   -
-- controls:  NW-05
-- severity:  medium
-- needs:     log_review empty=ok
-- param:     max_days int = 190 guard <= 200
-- why:       Openings made for a day stay for years unless somebody goes through them all.
-- remedy:    Go through every rule with its owner: attest log_review add kind=firewall_rules scope=TEXT
--            performed_at=T outcome=changes remark=TEXT.
WITH latest AS (
     SELECT max(r.performed_at) AS performed FROM log_review r WHERE r.kind = 'firewall_rules' AND r.performed_at <= as_of()
)
SELECT 'firewall rules' AS item,
       CASE WHEN (l.performed >= as_of() - days(:max_days)) IS TRUE THEN TRUE ELSE FALSE END AS ok,
       CASE WHEN l.performed IS NULL THEN 'never done'
            ELSE 'not done in the last ' || CAST(:max_days AS TEXT) || ' days' END AS reason
  FROM latest l
