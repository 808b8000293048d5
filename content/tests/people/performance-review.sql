-- test:      people.performance-review
-- version:   1
-- title:     Every employee's work was reviewed within the last year
-- kind:      state
-- subject:   person
-- controls:  HR-05
-- severity:  medium
-- needs:     person
-- needs:     performance_review
-- param:     max_days int = 395 guard <= 400
-- why:       People do what they are measured on.
-- remedy:    Hold the review, controls owned included, and record its day; what was said is kept elsewhere.
SELECT p.id,
       CASE WHEN (r.latest_at >= as_of() - days(:max_days)) IS TRUE OR coalesce(r.excused, 0) > 0 THEN TRUE
            WHEN p.starts_at IS NULL OR coalesce(r.undated, 0) > 0 THEN NULL
            ELSE FALSE END AS ok,
       CASE WHEN r.who IS NULL THEN 'no review is on record'
            WHEN coalesce(r.undated, 0) > 0 THEN 'when a review was held, or whether it covered the duties, is not recorded'
            WHEN r.latest_at IS NULL THEN 'none was held that covered the duties'
            ELSE 'held too long ago' END AS reason,
       p.name AS observed, p.manager AS owner
  FROM person p
  LEFT JOIN (SELECT person AS who,
                    max(CASE WHEN state = 'done' AND controls_covered IS TRUE THEN done_at END) AS latest_at,
                    count(CASE WHEN state = 'done' AND (done_at IS NULL OR controls_covered IS NULL) THEN 1 END) AS undated,
                    count(CASE WHEN state = 'not_needed' AND due_at >= as_of() - days(:max_days) THEN 1 END) AS excused
               FROM performance_review
              GROUP BY person) r
    ON r.who = p.id
 WHERE p.state = 'active' AND (p.kind IN ('contractor', 'intern', 'director')) IS NOT TRUE
   AND (p.starts_at < as_of() - days(:max_days)) IS NOT FALSE
