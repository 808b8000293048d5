-- test:      privacy.use
-- version:   1
-- title:     Personal data is used as the notice says: each processing was compared with it within a year
-- kind:      state
-- subject:   processing_activity
-- controls:  PR-06
-- severity:  high
-- needs:     processing_activity
-- needs:     privacy_notice empty=ok
-- param:     max_days int = 365 guard <= 400
-- why:       Data gathered for one thing tempts to another.
-- remedy:    Compare what is done with the published notice, change one or the other, and review the entry (do review).
SELECT a.id,
       CASE WHEN a.notice IS NULL AND a.capacity IS DISTINCT FROM 'processor' THEN FALSE
            WHEN a.capacity IS DISTINCT FROM 'processor' AND n.state IS DISTINCT FROM 'published' THEN FALSE
            ELSE (a.within_notice AND a.reviewed_at >= as_of() - days(:max_days)) END AS ok,
       CASE WHEN a.notice IS NULL AND a.capacity IS DISTINCT FROM 'processor' THEN 'it names no notice that tells people of it'
            WHEN a.capacity IS DISTINCT FROM 'processor' AND n.state IS DISTINCT FROM 'published' THEN 'the notice it names is not published'
            WHEN a.within_notice IS NULL THEN 'nobody has compared the use with what people were told'
            WHEN a.within_notice IS FALSE THEN 'the data is used for more than people were told'
            WHEN a.reviewed_at IS NULL THEN 'when it was last reviewed is not known'
            ELSE 'it was reviewed too long ago' END AS reason,
       a.name AS observed,
       a.owner AS owner
  FROM processing_activity a
  LEFT JOIN privacy_notice n ON n.id = coalesce(a.notice, '')
 WHERE a.state = 'active'
