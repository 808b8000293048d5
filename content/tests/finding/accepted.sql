-- test:      finding.accepted
-- version:   1
-- title:     Findings that are left as they are were accepted by another, until a date that has not passed
-- kind:      state
-- subject:   finding
-- controls:  MO-04
-- severity:  medium
-- needs:     finding
-- param:     max_days int = 365 guard <= 365
-- why:       Accepted for ever is forgotten.
-- remedy:    Open it again, or have it accepted anew by someone other than its owner, for a year at most.
SELECT f.id,
       CASE WHEN coalesce(f.acceptance_reason, '') = '' THEN FALSE
            ELSE (f.approver <> f.owner AND f.accepted_until > as_of() AND f.accepted_until <= as_of() + days(:max_days)) END AS ok,
       CASE WHEN coalesce(f.acceptance_reason, '') = '' THEN 'why it is accepted is not written down'
            WHEN f.approver IS NULL OR f.owner IS NULL THEN 'who accepted or owns it is not known'
            WHEN (f.approver = f.owner) IS TRUE THEN 'its owner accepted it'
            WHEN f.accepted_until IS NULL THEN 'until when it is accepted is not known'
            WHEN (f.accepted_until <= as_of()) IS TRUE THEN 'the acceptance has ended'
            ELSE 'it is accepted for too long' END AS reason,
       f.severity || ', ' || f.title AS observed,
       f.owner AS owner
  FROM finding f
 WHERE f.state = 'accepted'
