-- test:      continuity.impact-analysed
-- version:   1
-- title:     What an outage costs was analysed and approved this year, for every activity
-- kind:      state
-- subject:   impact_analysis
-- controls:  BC-01
-- severity:  medium
-- needs:     impact_analysis
-- param:     max_days int = 380 guard <= 400
-- why:       Targets that nobody derived from what an outage costs are guesses.
-- remedy:    attest impact_analysis do approve ID, by somebody who does not own it; add the activities that are missing.
SELECT i.source, i.id,
       CASE WHEN i.state <> 'approved' OR i.rto_minutes > i.max_outage_minutes THEN FALSE
            ELSE (i.approver <> i.owner AND i.approved_at >= as_of() - days(:max_days)) END AS ok,
       CASE WHEN i.rto_minutes > i.max_outage_minutes THEN 'the target is longer than the outage that can be borne'
            WHEN i.state <> 'approved' THEN 'not approved yet'
            WHEN i.approver IS NULL OR i.approved_at IS NULL THEN 'who approved it, or when, is not known'
            WHEN (i.approver = i.owner) IS TRUE THEN 'approved by its owner'
            ELSE 'approved too long ago' END AS reason,
       i.process AS observed,
       i.owner AS owner
  FROM impact_analysis i
 WHERE i.state <> 'retired'
