-- test:      people.training-on-joining
-- version:   1
-- title:     Everyone who started in the last year passed security training, and privacy training where it is in scope, within 30 days
-- kind:      event
-- subject:   -
-- controls:  HR-03
-- severity:  high
-- needs:     person
-- needs:     course
-- needs:     training
-- needs:     category empty=ok
-- param:     window_days int = 365 guard >= 90
-- param:     join_days int = 30 guard <= 60
-- why:       Most break-ins begin with a person who did not recognise the attempt.
-- remedy:    Assign the courses on the first day, remind, and tell the manager of who is late.
SELECT p.id || ' ' || k.about AS item, coalesce(p.starts_at, as_of()) AS at,
       CASE WHEN coalesce(t.excused, 0) > 0 THEN TRUE
            WHEN (t.first_at < p.starts_at + days(:join_days + 1)) IS TRUE THEN TRUE
            WHEN p.starts_at IS NULL OR coalesce(t.unsure, 0) > 0 THEN NULL
            ELSE FALSE END AS ok,
       CASE WHEN p.starts_at IS NULL THEN 'when the person started is not known'
            WHEN t.who IS NULL THEN 'no such training is on record'
            WHEN coalesce(t.unsure, 0) > 0 THEN 'the score or the date of a training is not known'
            WHEN t.first_at IS NULL THEN 'not passed'
            ELSE 'passed late' END AS reason,
       p.name AS observed, p.manager AS owner
  FROM person p
  CROSS JOIN (SELECT 'security_awareness' AS about UNION ALL SELECT 'privacy' AS about) k
  LEFT JOIN (SELECT r.person AS who, c.topic AS taught,
                    min(CASE WHEN r.state = 'completed' AND (r.score >= r.pass_score) IS TRUE THEN r.completed_at END) AS first_at,
                    count(CASE WHEN r.state = 'completed' AND (r.score IS NULL OR r.completed_at IS NULL) THEN 1 END) AS unsure,
                    count(CASE WHEN r.state = 'excused' THEN 1 END) AS excused
               FROM training r
               JOIN course c ON c.id = r.course
              GROUP BY r.person, c.topic) t
    ON t.who = p.id AND t.taught = k.about
 WHERE p.state <> 'planned' AND p.kind IS DISTINCT FROM 'director'
   AND (p.starts_at >= as_of() - days(:window_days)) IS NOT FALSE
   AND (p.starts_at < as_of() - days(:join_days)) IS NOT FALSE
   AND (k.about <> 'privacy' OR NOT EXISTS (SELECT 1 FROM category g WHERE g.id = 'privacy' AND g.in_scope IS FALSE))
