-- test:      policy.announced
-- version:   1
-- title:     People were told of every policy version that came into force
-- kind:      event
-- subject:   policy_version
-- controls:  CM-01
-- severity:  low
-- needs:     policy_version
-- needs:     communication
-- param:     window_days int = 180 guard >= 90
-- param:     within_days int = 14 guard <= 30
-- why:       A rule that changed without a word is broken by people who mean to keep it.
-- remedy:    Send the notice and record it (attest communication add) with about=policy_version/ID.
SELECT v.id, coalesce(v.published_at, as_of()) AS at,
       CASE WHEN v.published_at IS NULL THEN NULL
            WHEN count(CASE WHEN (c.about IN ('policy_version/' || v.id, 'policy/' || v.policy)
                                  AND c.sent_at >= v.published_at - days(:within_days)
                                  AND c.sent_at <= v.published_at + days(:within_days)) IS TRUE THEN 1 END) > 0 THEN TRUE
            WHEN count(CASE WHEN (c.about IN ('policy_version/' || v.id, 'policy/' || v.policy)) IS TRUE
                             AND c.sent_at IS NULL THEN 1 END) > 0 THEN NULL
            ELSE FALSE END AS ok,
       CASE WHEN v.published_at IS NULL THEN 'when it was published is not known'
            ELSE 'no notice about it was sent in time' END AS reason,
       v.policy || ' version ' || CAST(v.version AS TEXT) AS observed, v.author AS owner
  FROM policy_version v
  LEFT JOIN communication c ON c.state = 'sent' AND c.kind = 'internal' AND c.topic = 'policy'
 WHERE v.state IN ('published', 'retired')
   AND coalesce(v.published_at, as_of() - days(:within_days)) >= as_of() - days(:window_days)
   AND coalesce(v.published_at, as_of() - days(:within_days)) <= as_of() - days(:within_days)
 GROUP BY v.id, v.policy, v.version, v.author, v.published_at
