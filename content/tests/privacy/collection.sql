-- test:      privacy.collection
-- version:   1
-- title:     Every processing of personal data is recorded in full, approved, and found to take no more than it needs
-- kind:      state
-- subject:   processing_activity
-- controls:  PR-05
-- severity:  medium
-- needs:     processing_activity
-- param:     max_days int = 365 guard <= 400
-- why:       Data never collected needs no protection.
-- remedy:    Complete the entry, look at each field that is collected, drop what is not needed, and review it (do review).
SELECT a.id,
       CASE WHEN coalesce(a.purpose, '') = '' OR a.legal_basis IS NULL OR coalesce(a.subjects, '') = '' OR coalesce(a.data_categories, '') = ''
                 OR coalesce(a.recipients, '') = '' OR coalesce(a.transfers, '') = '' OR coalesce(a.retention, '') = ''
                 OR coalesce(a.security, '') = '' OR a.capacity IS NULL OR coalesce(a.collected_from, '') = '' THEN FALSE
            ELSE (a.approver <> a.owner AND a.minimal AND a.reviewed_at >= as_of() - days(:max_days)) END AS ok,
       CASE WHEN coalesce(a.purpose, '') = '' OR a.legal_basis IS NULL OR coalesce(a.subjects, '') = '' OR coalesce(a.data_categories, '') = ''
                 OR coalesce(a.recipients, '') = '' OR coalesce(a.transfers, '') = '' OR coalesce(a.retention, '') = ''
                 OR coalesce(a.security, '') = '' OR a.capacity IS NULL OR coalesce(a.collected_from, '') = ''
            THEN 'purpose, basis, capacity, people, data, origin, recipients, transfers, retention or security is not written down'
            WHEN a.approver IS NULL OR a.owner IS NULL THEN 'who owns or approved it is not known'
            WHEN (a.approver = a.owner) IS TRUE THEN 'its owner approved it'
            WHEN a.minimal IS NULL THEN 'nobody has looked whether every field is needed'
            WHEN a.minimal IS FALSE THEN 'more is collected than is needed'
            WHEN a.reviewed_at IS NULL THEN 'when it was last reviewed is not known'
            ELSE 'it was reviewed too long ago' END AS reason,
       a.name AS observed,
       a.owner AS owner
  FROM processing_activity a
 WHERE a.state = 'active'
