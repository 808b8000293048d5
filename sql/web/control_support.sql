-- What people put beside one control: attestations, evidence for it or for them, and links to other records.
SELECT 'attestation' AS type, a.id AS id, a.statement AS title, a.state AS state, a.performed_at AS from_at, a.valid_until AS to_at,
       coalesce(a.performer, '') AS person, 'attestation/' || a.id AS target
  FROM attestation a WHERE a.control = {id}
UNION ALL
SELECT 'evidence' AS type, e.id AS id, e.title AS title, e.state AS state, e.effective_from AS from_at, e.expires_at AS to_at,
       coalesce(e.given_by, '') AS person, e.supports AS target
  FROM evidence e
 WHERE e.supports = 'control/' || {id}
    OR e.supports IN (SELECT 'attestation/' || a.id FROM attestation a WHERE a.control = {id})
UNION ALL
SELECT 'link' AS type, l.id AS id, l.meaning AS title, l.state AS state, NULL AS from_at, NULL AS to_at,
       '' AS person, CASE WHEN l.subject = 'control/' || {id} THEN l.object ELSE l.subject END AS target
  FROM link l WHERE l.state = 'current' AND (l.subject = 'control/' || {id} OR l.object = 'control/' || {id})
 ORDER BY type, from_at DESC, id
 LIMIT 101
