-- test:      access.review-on-schedule
-- version:   1
-- title:     Who has access was reviewed this quarter, on every system
-- kind:      state
-- subject:   -
-- controls:  AC-05
-- severity:  high
-- needs:     account max_age=26h
-- needs:     access_review
-- param:     max_days int = 100 guard <= 190
-- why:       Rights pile up; a system that was left out of the review keeps all of them.
-- remedy:    attest access_review add kind=account system=SYSTEM period=2026-Q1 reviewer=P due_at=T,
--            start it, decide on each account, close it.
WITH systems AS (
     SELECT a.system AS of_system, count(a.login) AS accounts
       FROM account a
      GROUP BY a.system
), reviewed AS (
     SELECT s.of_system AS of_system, s.accounts AS accounts,
            max(CASE WHEN (r.decided_at >= as_of() - days(:max_days)) IS TRUE THEN 2
                     WHEN r.id IS NOT NULL AND r.decided_at IS NULL THEN 1
                     ELSE 0 END) AS level,
            max(r.decided_at) AS latest
       FROM systems s
       LEFT JOIN access_review r
         ON r.system = s.of_system AND r.kind IN ('account', 'role') AND r.state IN ('decided', 'closed')
      GROUP BY s.of_system, s.accounts
)
SELECT of_system AS item,
       CASE level WHEN 2 THEN TRUE WHEN 0 THEN FALSE END AS ok,
       CASE WHEN level = 1 THEN 'when its review was decided is not known'
            WHEN latest IS NULL THEN 'never reviewed'
            ELSE 'the latest review is older than ' || CAST(:max_days AS TEXT) || ' days' END AS reason,
       CAST(accounts AS TEXT) || ' accounts' AS observed
  FROM reviewed
