-- test:      privacy.explicit-consent
-- version:   1
-- title:     Consent to the use of sensitive data is explicit, informed, and came before collection
-- kind:      state
-- subject:   consent
-- controls:  PR-04
-- severity:  critical
-- needs:     consent
-- why:       Some data can harm people for life.
-- remedy:    Stop using the data, ask by a clear act and say what refusing means; delete what was collected before.
SELECT c.id,
       CASE WHEN NOT c.explicit THEN FALSE
            WHEN c.informed IS NULL OR c.obtained_at IS NULL THEN FALSE
            ELSE (c.informed AND c.obtained_at <= c.collected_at) END AS ok,
       CASE WHEN NOT c.explicit THEN 'it was not given by a clear act'
            WHEN c.informed IS NOT TRUE THEN 'there is no proof that the person was told what refusing means'
            WHEN c.obtained_at IS NULL THEN 'when it was given is not written down'
            WHEN c.collected_at IS NULL THEN 'when data was first collected is not known'
            ELSE 'data was collected before' END AS reason,
       c.purpose AS observed
  FROM consent c
 WHERE c.sensitive AND c.state = 'given'
