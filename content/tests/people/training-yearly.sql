-- test:      people.training-yearly
-- version:   1
-- title:     Everyone passed security training, and privacy training where it is in scope, within the last year
-- kind:      state
-- subject:   -
-- controls:  HR-03
-- severity:  medium
-- needs:     person
-- needs:     course
-- needs:     training
-- needs:     category empty=ok
-- param:     max_days int = 395 guard <= 400
-- param:     join_days int = 30 guard <= 60
-- why:       What was learned once is forgotten, and attacks change.
-- remedy:    Assign the courses every year with a day; attest training list --where state=assigned shows who is late.
SELECT p.id || ' ' || k.about AS item,
       CASE WHEN (t.latest_at >= as_of() - days(:max_days)) IS TRUE THEN TRUE
            WHEN coalesce(t.excused, 0) > 0 THEN TRUE
            WHEN p.starts_at IS NULL OR coalesce(t.unsure, 0) > 0 THEN NULL
            ELSE FALSE END AS ok,
       CASE WHEN t.who IS NULL THEN 'no such training is on record'
            WHEN coalesce(t.unsure, 0) > 0 THEN 'the score or the date of a training is not known'
            WHEN t.latest_at IS NULL THEN 'not passed'
            ELSE 'passed too long ago' END AS reason,
       p.name AS observed, p.manager AS owner
  FROM person p
  CROSS JOIN (SELECT 'security_awareness' AS about UNION ALL SELECT 'privacy' AS about) k
  LEFT JOIN (SELECT r.person AS who, c.topic AS taught,
                    max(CASE WHEN r.state = 'completed' AND (r.score >= r.pass_score) IS TRUE THEN r.completed_at END) AS latest_at,
                    count(CASE WHEN r.state = 'completed' AND (r.score IS NULL OR r.completed_at IS NULL) THEN 1 END) AS unsure,
                    count(CASE WHEN r.state = 'excused' AND r.due_at >= as_of() - days(:max_days) THEN 1 END) AS excused
               FROM training r
               JOIN course c ON c.id = r.course
              GROUP BY r.person, c.topic) t
    ON t.who = p.id AND t.taught = k.about
 WHERE p.state = 'active' AND p.kind IS DISTINCT FROM 'director'
   AND (p.starts_at < as_of() - days(:join_days)) IS NOT FALSE
   AND (k.about <> 'privacy' OR NOT EXISTS (SELECT 1 FROM category g WHERE g.id = 'privacy' AND g.in_scope IS FALSE))
