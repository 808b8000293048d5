-- test:      processing.differences
-- version:   1
-- title:     Each reconciliation adds up, its difference is explained, and another reviewed it
-- kind:      event
-- subject:   reconciliation
-- controls:  PI-04
-- severity:  medium
-- needs:     reconciliation
-- param:     window_days int = 365 guard >= 90
-- param:     review_days int = 14 guard <= 31
-- why:       A difference that nobody explains is where the lost items are.
-- remedy:    Find the items behind the difference, write down why they differ, and let another review it.
SELECT r.id,
       r.period_to AS at,
       CASE WHEN r.state = 'prepared' THEN (r.period_to >= as_of() - days(:review_days))
            WHEN r.expected IS NULL OR r.actual IS NULL OR r.difference IS NULL THEN NULL
            WHEN (r.difference <> r.actual - r.expected) IS TRUE THEN FALSE
            WHEN (r.difference <> 0) IS TRUE AND coalesce(r.explanation, '') = '' THEN FALSE
            ELSE (r.reviewer <> r.preparer) END AS ok,
       CASE WHEN r.state = 'prepared' THEN 'nobody has reviewed it'
            WHEN r.expected IS NULL OR r.actual IS NULL OR r.difference IS NULL THEN 'a figure is not known'
            WHEN (r.difference <> r.actual - r.expected) IS TRUE THEN 'the difference is not what its figures give'
            WHEN (r.difference <> 0) IS TRUE AND coalesce(r.explanation, '') = '' THEN 'the difference is not explained'
            WHEN r.reviewer IS NULL OR r.preparer IS NULL THEN 'who prepared or reviewed it is not known'
            ELSE 'who prepared it reviewed it' END AS reason,
       CAST(r.difference AS TEXT) AS observed,
       r.preparer AS owner
  FROM reconciliation r
 WHERE r.state <> 'rejected' AND r.period_to >= as_of() - days(:window_days)
