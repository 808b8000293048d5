-- test:      access.revoked
-- version:   1
-- title:     Accounts that a review revoked do not work any more
-- kind:      state
-- subject:   access_decision
-- controls:  AC-05
-- severity:  high
-- needs:     access_decision
-- needs:     access_review
-- needs:     access_request empty=ok
-- needs:     account max_age=26h
-- param:     grace_days int = 14 guard <= 30
-- param:     window_days int = 190 guard >= 90
-- why:       A review whose removals are never carried out protects only the file it is kept in.
-- remedy:    Disable the account on the system named. If it was needed after all, ask for it anew and have it approved.
WITH known AS (
     SELECT b.system AS of_system, count(b.login) AS accounts FROM account b GROUP BY b.system
), seen AS (
     SELECT d.id AS of_id,
            count(a.login) AS accounts,
            max(CASE WHEN a.active IS TRUE THEN 2 WHEN a.active IS FALSE THEN 0 ELSE 1 END) AS works
       FROM access_decision d
       LEFT JOIN account a ON a.system = d.system AND a.login = d.login
      WHERE (d.decision = 'revoke') IS NOT FALSE
      GROUP BY d.id
), asked AS (
     SELECT d.id AS of_id,
            max(CASE WHEN r.id IS NULL THEN 0
                     WHEN (r.login = d.login AND r.granted_at > d.decided_at) IS TRUE THEN 2
                     WHEN (r.login = d.login AND r.granted_at > d.decided_at) IS NULL THEN 1
                     ELSE 0 END) AS anew
       FROM access_decision d
       LEFT JOIN access_request r ON r.system = d.system AND r.state = 'granted'
      WHERE (d.decision = 'revoke') IS NOT FALSE
      GROUP BY d.id
)
SELECT d.source, d.id,
       CASE WHEN k.accounts IS NULL THEN NULL
            WHEN x.accounts = 0 OR x.works = 0 OR q.anew = 2 THEN TRUE
            WHEN x.works = 1 OR q.anew = 1 OR d.decision IS NULL OR d.decided_at IS NULL THEN NULL
            ELSE FALSE END AS ok,
       CASE WHEN k.accounts IS NULL THEN 'nothing is known of the accounts of this system'
            WHEN x.works = 1 THEN 'whether the account still works is not known'
            WHEN d.decision IS NULL OR d.decided_at IS NULL THEN 'what was decided, or when, is not known'
            WHEN q.anew = 1 THEN 'it may have been asked for anew'
            ELSE 'the account still works' END AS reason,
       d.system || '/' || d.login AS observed,
       d.reviewer AS owner
  FROM access_decision d
  JOIN access_review v ON v.id = d.review AND v.kind = 'account'
  JOIN seen x ON x.of_id = d.id
  JOIN asked q ON q.of_id = d.id
  LEFT JOIN known k ON k.of_system = d.system
 WHERE d.state IN ('decided', 'verified') AND (d.decision = 'revoke') IS NOT FALSE
   AND (d.decided_at < as_of() - days(:grace_days)) IS NOT FALSE
   AND (d.decided_at >= as_of() - days(:window_days)) IS NOT FALSE
