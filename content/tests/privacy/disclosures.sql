-- test:      privacy.disclosures
-- version:   1
-- title:     Each disclosure of personal data is recorded in full and authorised by another
-- kind:      event
-- subject:   disclosure
-- controls:  PR-11
-- severity:  high
-- needs:     disclosure max_age=100d
-- param:     window_days int = 365 guard >= 90
-- param:     max_days int = 7 guard <= 31
-- why:       Without the log nobody can say where the data went.
-- remedy:    Write down what was disclosed, about whom, to whom and on what basis, and have it authorised. Where there
--            was none, confirm the empty register each quarter.
SELECT d.id,
       d.disclosed_at AS at,
       CASE WHEN d.disclosed_at > as_of() THEN FALSE
            WHEN coalesce(d.data, '') = '' OR coalesce(d.data_subjects, '') = '' OR d.basis IS NULL OR coalesce(d.purpose, '') = '' THEN FALSE
            WHEN d.state = 'recorded' THEN (d.disclosed_at >= as_of() - days(:max_days))
            ELSE (d.approver <> d.recorder AND d.approved_at <= d.disclosed_at + days(:max_days)) END AS ok,
       CASE WHEN d.disclosed_at > as_of() THEN 'it is said to be in the future'
            WHEN coalesce(d.data, '') = '' OR coalesce(d.data_subjects, '') = '' THEN 'what was disclosed, or about whom, is not written down'
            WHEN d.basis IS NULL OR coalesce(d.purpose, '') = '' THEN 'why it was allowed, or what for, is not written down'
            WHEN d.state = 'recorded' THEN 'nobody has authorised it'
            WHEN d.approver IS NULL OR d.recorder IS NULL OR d.approved_at IS NULL THEN 'who recorded or authorised it, or when, is not known'
            WHEN (d.approver = d.recorder) IS TRUE THEN 'who recorded it authorised it'
            ELSE 'it was authorised too late' END AS reason,
       d.recipient AS observed,
       d.recorder AS owner
  FROM disclosure d
 WHERE d.state <> 'withdrawn' AND d.disclosed_at >= as_of() - days(:window_days)
