-- duty:     asset-wipe
-- title:    Wipe and dispose of retired equipment
-- why:      Old disks in a cupboard are the ones nobody misses.
-- owner:    it_lead
-- lead:     60 days
-- escalate: 14 days
-- priority: medium
SELECT 'asset/' || a.id AS about, 'Wipe and dispose of ' || a.kind || ' ' || a.name AS title, coalesce(a.retired_at, a.valid_from) + days(90) AS due_at
  FROM asset a
 WHERE a.state = 'retired' AND a.kind IN ('server', 'laptop', 'phone', 'network_device', 'medium', 'other')
   AND NOT EXISTS (SELECT d.id FROM disposal d WHERE d.subject = 'asset/' || a.id AND d.state = 'done')
