-- test:      people.conduct-on-joining
-- version:   1
-- title:     Everyone who started in the last year accepted the code of conduct in the first week
-- kind:      event
-- subject:   person
-- controls:  GV-01
-- severity:  medium
-- needs:     person
-- needs:     policy_version
-- needs:     acceptance empty=ok
-- param:     window_days int = 365 guard >= 90
-- param:     late_days int = 7 guard <= 14
-- why:       People are held to what they agreed to, from the day they begin.
-- remedy:    Make the code of conduct part of the first day; the policy has the short name code-of-conduct.
SELECT p.id, coalesce(p.starts_at, as_of()) AS at,
       CASE WHEN (a.first_at < p.starts_at + days(:late_days + 1)) IS TRUE THEN TRUE
            WHEN p.starts_at IS NULL OR coalesce(a.undated, 0) > 0 THEN NULL
            ELSE FALSE END AS ok,
       CASE WHEN a.who IS NULL THEN 'not accepted'
            WHEN p.starts_at IS NULL THEN 'when the person started is not known'
            WHEN a.first_at IS NULL THEN 'when it was accepted is not known'
            ELSE 'accepted late' END AS reason,
       p.name AS observed, p.manager AS owner
  FROM person p
  LEFT JOIN (SELECT c.person AS who, min(CASE WHEN (c.digest = v.digest) IS TRUE THEN c.accepted_at END) AS first_at,
                    count(CASE WHEN c.accepted_at IS NULL OR c.digest IS NULL OR v.digest IS NULL THEN 1 END) AS undated
               FROM acceptance c
               JOIN policy_version v ON v.id = c.policy_version AND v.policy = 'code-of-conduct'
              WHERE c.state = 'accepted' AND (c.digest = v.digest) IS NOT FALSE
              GROUP BY c.person) a
    ON a.who = p.id
 WHERE p.state <> 'planned' AND p.kind IS DISTINCT FROM 'director'
   AND (p.starts_at >= as_of() - days(:window_days)) IS NOT FALSE
   AND (p.starts_at < as_of() - days(:late_days)) IS NOT FALSE
