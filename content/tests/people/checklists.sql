-- test:      people.checklists
-- version:   1
-- title:     Everyone who started or left in the last 180 days went through the list of steps
-- kind:      state
-- subject:   -
-- controls:  HR-10, HR-08
-- severity:  medium
-- needs:     person
-- needs:     checklist_item empty=ok
-- param:     window_days int = 180 guard >= 90
-- why:       A step that is on no list is done by chance.
-- remedy:    Begin and end employment in Attest (attest person do start, do leave), which opens the lists; a leaver's
--            list takes back access and equipment at least.
SELECT p.id || ' ' || k.list AS item,
       CASE WHEN k.list = 'onboarding' THEN CASE WHEN coalesce(c.n, 0) > 0 THEN TRUE WHEN p.starts_at IS NULL THEN NULL ELSE FALSE END
            WHEN coalesce(c.access, 0) > 0 AND coalesce(c.equipment, 0) > 0 THEN TRUE
            WHEN p.ends_at IS NULL THEN NULL
            ELSE FALSE END AS ok,
       CASE WHEN coalesce(c.n, 0) = 0 THEN 'no list was opened'
            ELSE 'the list does not take back access and equipment' END AS reason,
       p.name AS observed, p.manager AS owner
  FROM person p
  CROSS JOIN (SELECT 'onboarding' AS list UNION ALL SELECT 'offboarding' AS list) k
  LEFT JOIN (SELECT i.person AS who, i.kind AS of_list, count(*) AS n,
                    count(CASE WHEN i.category = 'access' THEN 1 END) AS access,
                    count(CASE WHEN i.category = 'equipment' THEN 1 END) AS equipment
               FROM checklist_item i
              GROUP BY i.person, i.kind) c
    ON c.who = p.id AND c.of_list = k.list
 WHERE p.kind IS DISTINCT FROM 'director'
   AND ((k.list = 'onboarding' AND p.state IN ('active', 'on_leave') AND (p.starts_at >= as_of() - days(:window_days)) IS NOT FALSE)
        OR (k.list = 'offboarding' AND p.state = 'left' AND (p.ends_at >= as_of() - days(:window_days)) IS NOT FALSE))
