-- test:      change.closed
-- version:   1
-- title:     Released changes were closed or taken back within a month
-- kind:      state
-- subject:   change_request
-- controls:  CH-04, CH-11
-- severity:  low
-- needs:     change_request
-- param:     max_days int = 30 guard <= 90
-- why:       Whether a change works as meant is known only when somebody looks and says so.
-- remedy:    Look whether it works, then: attest change_request do close ID, or do back_out ID.
SELECT c.source, c.id,
       (c.released_at >= as_of() - days(:max_days)) AS ok,
       CASE WHEN c.released_at IS NULL THEN 'when it was released is not known' ELSE 'released and never closed' END AS reason,
       c.title AS observed,
       c.author AS owner
  FROM change_request c
 WHERE c.state = 'released'
