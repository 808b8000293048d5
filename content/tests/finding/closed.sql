-- test:      finding.closed
-- version:   1
-- title:     Findings are closed with their cause, by someone who saw the fix of another work
-- kind:      event
-- subject:   finding
-- controls:  MO-04
-- severity:  high
-- needs:     finding
-- param:     window_days int = 365 guard >= 90
-- why:       Who made the fix believes in it.
-- remedy:    Open it again, write down cause and corrective action, and let another test the fix.
SELECT f.id,
       coalesce(f.closed_at, as_of()) AS at,
       CASE WHEN coalesce(f.root_cause, '') = '' OR coalesce(f.corrective_action, '') = '' OR coalesce(f.retest, '') = '' THEN FALSE
            WHEN f.closed_at IS NULL THEN NULL
            ELSE (f.retested_by <> f.fixed_by AND f.retested_by <> f.owner AND f.fixed_at <= f.due_at) END AS ok,
       CASE WHEN coalesce(f.root_cause, '') = '' OR coalesce(f.corrective_action, '') = '' THEN 'cause or corrective action is not written down'
            WHEN coalesce(f.retest, '') = '' THEN 'how the fix was tested is not written down'
            WHEN f.closed_at IS NULL THEN 'when it was closed is not known'
            WHEN f.retested_by IS NULL OR f.fixed_by IS NULL OR f.owner IS NULL THEN 'who fixed it or tested the fix is not known'
            WHEN (f.retested_by = f.fixed_by OR f.retested_by = f.owner) IS TRUE THEN 'who fixed or owns it closed it'
            WHEN f.fixed_at IS NULL OR f.due_at IS NULL THEN 'when it was due or fixed is not known'
            ELSE 'it was fixed too late' END AS reason,
       f.severity || ', ' || f.title AS observed,
       f.owner AS owner
  FROM finding f
 WHERE f.state = 'closed' AND coalesce(f.closed_at, as_of()) >= as_of() - days(:window_days)
