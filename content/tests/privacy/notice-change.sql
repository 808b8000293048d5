-- test:      privacy.notice-change
-- version:   1
-- title:     People were told of material changes of the notice before they took effect
-- kind:      event
-- subject:   privacy_notice
-- controls:  PR-02
-- severity:  high
-- needs:     privacy_notice
-- param:     window_days int = 365 guard >= 90
-- why:       A notice changed in silence is a broken promise.
-- remedy:    Tell those concerned now, write down when, and move the date from which the change holds.
SELECT n.id,
       coalesce(n.effective_at, n.published_at, as_of()) AS at,
       CASE WHEN n.announced_at IS NULL THEN FALSE
            ELSE (n.announced_at <= n.effective_at AND n.published_at <= n.effective_at AND coalesce(n.changes, '') <> '') END AS ok,
       CASE WHEN n.announced_at IS NULL THEN 'when people were told is not written down'
            WHEN n.effective_at IS NULL THEN 'from when it holds is not known'
            WHEN n.published_at IS NULL THEN 'when it was published is not known'
            WHEN coalesce(n.changes, '') = '' THEN 'what changed is not written down'
            ELSE 'it held before people were told' END AS reason,
       n.title || ' ' || n.version AS observed,
       n.author AS owner
  FROM privacy_notice n
 WHERE n.material AND n.state IN ('published', 'retired')
   AND ((n.effective_at >= as_of() - days(:window_days)) IS NOT FALSE
        OR (n.published_at >= as_of() - days(:window_days)) IS NOT FALSE)
