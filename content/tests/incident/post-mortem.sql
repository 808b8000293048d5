-- test:      incident.post-mortem
-- version:   1
-- title:     The cause of serious incidents was found and written down in time
-- kind:      event
-- subject:   incident
-- controls:  IR-05
-- severity:  high
-- needs:     incident
-- param:     max_days int = 14 guard <= 30
-- param:     window_days int = 380 guard >= 90
-- why:       An incident not understood will come back.
-- remedy:    attest incident edit ID root_cause=TEXT post_mortem=TEXT; attest incident do review ID.
SELECT i.source, i.id,
       coalesce(i.resolved_at, as_of()) AS at,
       CASE WHEN i.post_mortem_at IS NULL AND i.state = 'closed' THEN FALSE
            WHEN i.post_mortem_at IS NULL THEN (as_of() <= i.resolved_at + days(:max_days))
            WHEN i.root_cause IS NULL OR i.post_mortem IS NULL THEN FALSE
            ELSE (i.post_mortem_at <= i.resolved_at + days(:max_days)) END AS ok,
       CASE WHEN i.post_mortem_at IS NULL THEN 'there is no post-mortem'
            WHEN i.root_cause IS NULL OR i.post_mortem IS NULL THEN 'the cause or the lessons are missing'
            WHEN i.resolved_at IS NULL THEN 'when it was resolved is not known'
            ELSE 'written too late' END AS reason,
       i.severity || ' ' || i.kind || ': ' || i.title AS observed,
       i.commander AS owner
  FROM incident i
 WHERE i.severity IN ('critical', 'high') AND i.state IN ('resolved', 'closed')
   AND coalesce(i.resolved_at, as_of()) >= as_of() - days(:window_days)
