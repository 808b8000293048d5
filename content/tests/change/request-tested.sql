-- test:      change.request-tested
-- version:   1
-- title:     Released changes say how they were tested and how to take them back
-- kind:      event
-- subject:   change_request
-- controls:  CH-02, CH-04, CH-11
-- severity:  medium
-- needs:     change_request
-- param:     window_days int = 100 guard >= 30
-- why:       A change nobody tested is tested by customers, and one without a way back stays.
-- remedy:    attest change_request do document ID test_evidence=TEXT backout=TEXT.
SELECT c.source, c.id,
       coalesce(c.released_at, as_of()) AS at,
       CASE WHEN c.test_evidence IS NOT NULL AND c.description IS NOT NULL AND (c.backout IS NOT NULL OR c.kind = 'standard')
            THEN TRUE ELSE FALSE END AS ok,
       CASE WHEN c.test_evidence IS NULL THEN 'how it was tested is not recorded'
            WHEN c.description IS NULL THEN 'why it was made is not recorded'
            ELSE 'how it is taken back is not recorded' END AS reason,
       c.title AS observed,
       c.author AS owner
  FROM change_request c
 WHERE c.state IN ('released', 'closed', 'backed_out')
   AND coalesce(c.released_at, as_of()) >= as_of() - days(:window_days)
