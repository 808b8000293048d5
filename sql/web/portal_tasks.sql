-- What waits for a person as tasks, and as steps of lists for which no task was opened yet; policies and courses stand in
-- lists of their own.
SELECT w.id, w.title, w.due_at, w.about, w.duty
  FROM (SELECT t.id, t.title, t.due_at, t.about, t.duty
          FROM task t
         WHERE t.owner = {person} AND t.state = 'open'
           AND coalesce(t.duty, '') NOT IN ('policy-accept', 'training-pass')
        UNION ALL
        SELECT c.id, c.title, c.due_at, 'checklist_item/' || c.id, 'checklist'
          FROM checklist_item c
          LEFT JOIN task k ON k.about = 'checklist_item/' || c.id AND k.owner = {person} AND k.state = 'open'
         WHERE c.owner = {person} AND c.state = 'open' AND k.id IS NULL) w
 ORDER BY CASE WHEN w.due_at IS NULL THEN 1 ELSE 0 END, w.due_at, w.id
 LIMIT 101
