-- test:      audit.evidence
-- version:   1
-- title:     Evidence says where it was taken from and when it was so
-- kind:      state
-- subject:   evidence
-- controls:  MO-06
-- severity:  low
-- needs:     evidence empty=ok
-- why:       A perfect review of an incomplete list proves nothing.
-- remedy:    Write down source, query and row count (origin), and since when it was so; withdraw what shows nothing.
SELECT e.id,
       CASE WHEN coalesce(e.origin, '') = '' THEN FALSE
            WHEN coalesce(e.digest, '') = '' AND coalesce(e.statement, '') = '' THEN FALSE
            ELSE (e.effective_from <= as_of()) END AS ok,
       CASE WHEN coalesce(e.origin, '') = '' THEN 'it does not say where it was taken from'
            WHEN coalesce(e.digest, '') = '' AND coalesce(e.statement, '') = '' THEN 'it has neither a file nor a statement'
            WHEN e.effective_from IS NULL THEN 'since when it was so is not known'
            ELSE 'it speaks of the future' END AS reason,
       e.title AS observed,
       e.given_by AS owner
  FROM evidence e
 WHERE e.state = 'current'
