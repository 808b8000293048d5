-- test:      people.skills
-- version:   1
-- title:     The skills of everyone who started in the last year were compared with the job before the first day
-- kind:      event
-- subject:   person
-- controls:  HR-02
-- severity:  low
-- needs:     person
-- param:     window_days int = 365 guard >= 90
-- why:       Unskilled people in sensitive roles make expensive mistakes.
-- remedy:    Interview against the job description, and record the day (interviewed_at) and the job title.
SELECT id, coalesce(starts_at, as_of()) AS at,
       CASE WHEN coalesce(trim(job_title), '') = '' THEN NULL ELSE (interviewed_at < starts_at + days(1)) END AS ok,
       CASE WHEN coalesce(trim(job_title), '') = '' THEN 'what the person was hired to do is not recorded'
            WHEN interviewed_at IS NULL THEN 'no interview is recorded'
            ELSE 'the interview is dated after the first day, or the first day is not known' END AS reason,
       name AS observed, manager AS owner
  FROM person
 WHERE state <> 'planned' AND kind IS DISTINCT FROM 'director'
   AND (starts_at >= as_of() - days(:window_days)) IS NOT FALSE
