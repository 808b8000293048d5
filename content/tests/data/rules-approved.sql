-- test:      data.rules-approved
-- version:   1
-- title:     Retention rules were approved this year by somebody other than their owner
-- kind:      state
-- subject:   retention_rule
-- controls:  DA-03
-- severity:  medium
-- needs:     retention_rule
-- param:     max_days int = 380 guard <= 400
-- why:       Laws, contracts and purposes change; a rule nobody has looked at keeps data for reasons that are gone.
-- remedy:    attest retention_rule do submit ID, then do approve ID, by somebody who neither owns it nor put it forward.
SELECT r.source, r.id,
       CASE WHEN r.state <> 'approved' THEN FALSE
            ELSE (r.approver <> r.owner AND r.approved_at >= as_of() - days(:max_days)) END AS ok,
       CASE WHEN r.state <> 'approved' THEN 'not approved yet'
            WHEN r.approver IS NULL OR r.owner IS NULL OR r.approved_at IS NULL THEN 'who approved it, or when, is not known'
            WHEN (r.approver = r.owner) IS TRUE THEN 'approved by its owner'
            ELSE 'approved too long ago' END AS reason,
       r.title AS observed,
       r.owner AS owner
  FROM retention_rule r
 WHERE r.state <> 'withdrawn'
