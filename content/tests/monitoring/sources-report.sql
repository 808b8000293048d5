-- test:      monitoring.sources-report
-- version:   1
-- title:     Every source of facts reports on time and in full
-- kind:      state
-- subject:   run
-- controls:  LG-08, MO-01
-- severity:  high
-- needs:     run max_age=52w
-- param:     max_hours int = 26 guard <= 48
-- param:     walk_max_days int = 8 guard <= 14
-- why:       A source that falls silent looks just like a system where nothing happens.
-- remedy:    attest collect SOURCE runs it now and says what is wrong; check its timer and its rights.
SELECT source,
       (status IN ('ok', 'absent')
        AND ended_at >= as_of() - CASE source WHEN 'host-files' THEN days(:walk_max_days) ELSE hours(:max_hours) END) AS ok,
       CASE WHEN status IS NULL OR ended_at IS NULL THEN 'how or when its latest run ended is not known'
            WHEN (status IN ('ok', 'absent')) IS TRUE THEN 'it has been silent for too long'
            ELSE coalesce(reason, 'its latest run did not end well') END AS reason,
       status AS observed,
       'ok' AS expected
  FROM run
