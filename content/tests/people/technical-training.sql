-- test:      people.technical-training
-- version:   1
-- title:     Those who write code or run systems passed a course on doing it safely within the last year
-- kind:      state
-- subject:   person
-- controls:  HR-04
-- severity:  medium
-- needs:     person
-- needs:     course
-- needs:     training
-- param:     max_days int = 395 guard <= 400
-- param:     join_days int = 60 guard <= 90
-- why:       General awareness does not teach anyone to avoid an injection flaw.
-- remedy:    Assign a course on secure development or secure operations; say of each person whether the work is
--            technical (attest person edit ID technical=true).
SELECT p.id,
       CASE WHEN (t.latest_at >= as_of() - days(:max_days)) IS TRUE THEN TRUE
            WHEN p.technical IS NULL OR p.starts_at IS NULL OR coalesce(t.unsure, 0) > 0 THEN NULL
            ELSE FALSE END AS ok,
       CASE WHEN p.technical IS NULL THEN 'whether the work is technical is not recorded'
            WHEN t.latest_at IS NULL THEN 'no such course was passed'
            ELSE 'passed too long ago' END AS reason,
       p.name AS observed, p.manager AS owner
  FROM person p
  LEFT JOIN (SELECT r.person AS who,
                    max(CASE WHEN (r.score >= r.pass_score) IS TRUE THEN r.completed_at END) AS latest_at,
                    count(CASE WHEN r.score IS NULL OR r.completed_at IS NULL THEN 1 END) AS unsure
               FROM training r
               JOIN course c ON c.id = r.course AND c.topic IN ('secure_development', 'secure_operations')
              WHERE r.state = 'completed'
              GROUP BY r.person) t
    ON t.who = p.id
 WHERE p.state = 'active' AND p.technical IS NOT FALSE AND (p.starts_at < as_of() - days(:join_days)) IS NOT FALSE
