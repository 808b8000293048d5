-- test:      privacy.notice
-- version:   1
-- title:     A privacy notice is published, approved by another and reviewed within a year
-- kind:      state
-- subject:   -
-- controls:  PR-01
-- severity:  high
-- needs:     privacy_notice
-- param:     max_days int = 365 guard <= 400
-- why:       People can only object to what they were told.
-- remedy:    Publish a notice that someone other than its author approved, compare it with practice each year (do
--            review), and retire versions that hold no more.
SELECT 'a notice is published' AS item,
       (count(n.id) > 0) AS ok,
       'no notice is published' AS reason,
       CAST(count(n.id) AS TEXT) || ' published' AS observed,
       '' AS owner
  FROM privacy_notice n
 WHERE n.state = 'published'
UNION ALL
SELECT n.id AS item,
       CASE WHEN coalesce(n.body, '') = '' OR coalesce(n.published_where, '') = '' THEN FALSE
            ELSE (n.approver <> n.author AND n.reviewed_at >= as_of() - days(:max_days)) END AS ok,
       CASE WHEN coalesce(n.body, '') = '' OR coalesce(n.published_where, '') = '' THEN 'what it says, or where people find it, is not written down'
            WHEN n.approver IS NULL OR n.author IS NULL THEN 'who wrote or approved it is not known'
            WHEN (n.approver = n.author) IS TRUE THEN 'its author approved it'
            WHEN n.reviewed_at IS NULL THEN 'when it was last reviewed is not known'
            ELSE 'it was reviewed too long ago' END AS reason,
       n.title || ' ' || n.version AS observed,
       coalesce(n.author, '') AS owner
  FROM privacy_notice n
 WHERE n.state = 'published'
