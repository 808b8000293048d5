-- test:      people.background-check
-- version:   1
-- title:     Everyone who started in the last year was checked before the first day
-- kind:      event
-- subject:   person
-- controls:  HR-01
-- severity:  high
-- needs:     person
-- needs:     background_check
-- param:     window_days int = 365 guard >= 90
-- why:       Trust given with the first login is hard to take back.
-- remedy:    Order the check with the offer and wait for its result. Where the law or the role asks for none, record
--            that with the reason; a concern needs the reason why the person may start.
SELECT p.id, coalesce(p.starts_at, as_of()) AS at,
       CASE WHEN coalesce(b.unexplained, 0) > 0 THEN FALSE
            WHEN coalesce(b.excused, 0) > 0 THEN TRUE
            WHEN (b.first_at < p.starts_at + days(1)) IS TRUE THEN TRUE
            WHEN p.starts_at IS NULL OR coalesce(b.unsure, 0) > 0 THEN NULL
            ELSE FALSE END AS ok,
       CASE WHEN coalesce(b.unexplained, 0) > 0 THEN 'a concern without the reason why the person may start'
            WHEN b.who IS NULL THEN 'no check is on record'
            WHEN p.starts_at IS NULL THEN 'when the person started is not known'
            WHEN b.first_at IS NULL THEN 'no result, or no date, is on record'
            ELSE 'the result came after the first day' END AS reason,
       p.name AS observed, p.manager AS owner
  FROM person p
  LEFT JOIN (SELECT person AS who,
                    min(CASE WHEN state = 'completed' AND result IS NOT NULL THEN completed_at END) AS first_at,
                    count(CASE WHEN state = 'not_required' THEN 1 END) AS excused,
                    count(CASE WHEN state = 'completed' AND (result IS NULL OR completed_at IS NULL) THEN 1 END) AS unsure,
                    count(CASE WHEN state = 'completed' AND result IS NOT DISTINCT FROM 'concern'
                                    AND coalesce(trim(remark), '') = '' THEN 1 END) AS unexplained
               FROM background_check
              GROUP BY person) b
    ON b.who = p.id
 WHERE p.state <> 'planned' AND p.kind IS DISTINCT FROM 'director'
   AND (p.starts_at >= as_of() - days(:window_days)) IS NOT FALSE
