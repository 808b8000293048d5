-- test:      policy.accepted
-- version:   1
-- title:     Everyone has accepted the exact text of the policies that bind them, and again every year
-- kind:      state
-- subject:   -
-- controls:  PL-05, GV-01, CM-01
-- severity:  high
-- needs:     policy
-- needs:     policy_version
-- needs:     person
-- needs:     acceptance empty=ok
-- needs:     role_assignment empty=ok
-- param:     grace_days int = 30 guard <= 30
-- param:     again_days int = 395 guard <= 400
-- why:       A rule nobody has read cannot be held against anyone.
-- remedy:    Ask the person to read and accept the published version. An acceptance of an older version, or of
--            another text, does not count.
SELECT pe.id || ' ' || po.id AS item,
       CASE WHEN (a.latest_at >= as_of() - days(:again_days)) IS TRUE THEN TRUE
            WHEN v.digest IS NULL OR (a.who IS NOT NULL AND coalesce(a.dated, 0) < coalesce(a.n, 0)) THEN NULL
            WHEN v.published_at IS NULL OR pe.starts_at IS NULL THEN NULL
            WHEN po.addressees = 'technical' AND pe.technical IS NULL THEN NULL
            ELSE FALSE END AS ok,
       CASE WHEN (a.latest_at < as_of() - days(:again_days)) IS TRUE THEN 'accepted too long ago'
            WHEN v.digest IS NULL THEN 'the published version has no digest'
            WHEN a.who IS NULL THEN 'not accepted'
            ELSE 'when it was accepted is not known' END AS reason,
       po.title || ' version ' || CAST(v.version AS TEXT) AS observed, pe.id AS owner
  FROM policy po
  JOIN policy_version v ON v.policy = po.id AND v.state = 'published'
  JOIN person pe ON pe.state = 'active' AND pe.kind IS DISTINCT FROM 'director'
  LEFT JOIN (SELECT person AS who, policy_version AS text_id, digest AS text_digest, max(accepted_at) AS latest_at,
                    count(accepted_at) AS dated, count(*) AS n
               FROM acceptance
              WHERE state = 'accepted'
              GROUP BY person, policy_version, digest) a
    ON a.who = pe.id AND a.text_id = v.id AND (a.text_digest = v.digest) IS TRUE
 WHERE po.state = 'active' AND po.acceptance_required
   AND (v.published_at + days(:grace_days) < as_of()) IS NOT FALSE
   AND (pe.starts_at + days(:grace_days) < as_of()) IS NOT FALSE
   AND (po.addressees = 'everyone'
        OR (po.addressees = 'employees' AND pe.kind IS DISTINCT FROM 'contractor')
        OR (po.addressees = 'technical' AND pe.technical IS NOT FALSE)
        OR (po.addressees = 'management'
            AND EXISTS (SELECT 1 FROM role_assignment r WHERE r.person = pe.id AND r.state = 'active')))
