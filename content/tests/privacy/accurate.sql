-- test:      privacy.accurate
-- version:   1
-- title:     Checks look for wrong and outdated personal data, at least every year
-- kind:      state
-- subject:   -
-- controls:  PR-16
-- severity:  medium
-- needs:     quality_check
-- param:     max_days int = 365 guard <= 400
-- why:       Decisions on wrong data harm people who did nothing wrong.
-- remedy:    Keep a quality_check of stage personal_data, run it, and write down what was done about what it found.
SELECT 'personal data' AS item,
       CASE WHEN count(CASE WHEN t.fits IS FALSE THEN 1 END) > 0 THEN FALSE
            WHEN count(CASE WHEN t.fits IS NULL THEN 1 END) > 0 THEN NULL
            ELSE (count(t.id) > 0) END AS ok,
       CASE WHEN count(t.id) = 0 THEN 'no check looks at personal data'
            WHEN count(CASE WHEN t.fits IS FALSE THEN 1 END) > 0
            THEN 'a check did not run in time, or failed and nothing was done: ' || coalesce(min(CASE WHEN t.fits IS FALSE THEN t.id END), '?')
            ELSE 'how a check ended is not known: ' || coalesce(min(CASE WHEN t.fits IS NULL THEN t.id END), '?') END AS reason,
       CAST(count(t.id) AS TEXT) || ' checks' AS observed
  FROM (SELECT q.id AS id,
               (q.last_run_at IS NOT NULL AND coalesce(q.last_run_at, 0) <= as_of() AND coalesce(q.last_run_at, 0) >= as_of() - days(:max_days)
                AND ((q.last_result = 'passed' AND q.last_differences <= q.threshold)
                     OR (q.last_result = 'failed' AND coalesce(q.last_action, '') <> ''))) AS fits
          FROM quality_check q
         WHERE q.state = 'active' AND q.stage = 'personal_data') t
