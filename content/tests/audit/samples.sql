-- test:      audit.samples
-- version:   1
-- title:     A sample of manual controls was checked in the last quarter by someone who does not perform them
-- kind:      state
-- subject:   -
-- controls:  MO-03
-- severity:  medium
-- needs:     internal_audit
-- param:     max_days int = 100 guard <= 190
-- why:       Self-reported success is the weakest evidence there is.
-- remedy:    Hold an internal_audit of kind control_sample: was it done, on time, with evidence, and did it work?
SELECT 'quarterly sample of manual controls' AS item,
       CASE WHEN count(CASE WHEN g.good IS TRUE THEN 1 END) > 0 THEN TRUE
            WHEN count(CASE WHEN g.good IS NULL THEN 1 END) > 0 THEN NULL
            ELSE FALSE END AS ok,
       CASE WHEN count(CASE WHEN g.good IS NULL THEN 1 END) > 0 THEN 'when it was held, or by whom, is not known'
            ELSE 'no reported sample by someone independent is recent enough' END AS reason,
       'within ' || CAST(:max_days AS TEXT) || ' days' AS expected
  FROM (SELECT a.id AS id,
               (a.finished_at >= as_of() - days(:max_days) AND a.auditor <> a.owner AND coalesce(a.report, '') <> '') AS good
          FROM internal_audit a
         WHERE a.kind = 'control_sample' AND a.state IN ('reported', 'approved')) g
