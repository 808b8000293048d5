-- test:      change.on-record
-- version:   1
-- title:     Every change in the code was reviewed there or has an approved request
-- kind:      event
-- subject:   change
-- controls:  CH-01, CH-04
-- severity:  high
-- needs:     change max_age=26h
-- needs:     change_request empty=ok
-- param:     window_days int = 90 guard >= 30
-- why:       What reached the product with neither review nor request, nobody but its author has ever judged.
-- remedy:    Have the commit judged and record it: attest change_request add change_id=COMMIT author=P.
WITH asked AS (
     SELECT c.source AS of_source, c.repository AS of_repository, c.id AS of_id,
            max(CASE WHEN r.id IS NULL THEN 0
                     WHEN (r.approver <> r.author) IS TRUE AND r.approved_at IS NOT NULL THEN 2
                     ELSE 1 END) AS level
       FROM change c
       LEFT JOIN change_request r ON coalesce(r.change_id, '') = c.id AND r.state IN ('approved', 'released', 'closed', 'backed_out')
      GROUP BY c.source, c.repository, c.id
)
SELECT c.source, c.repository, c.id,
       coalesce(c.at, as_of()) AS at,
       CASE WHEN c.approved IS TRUE OR x.level = 2 THEN TRUE
            WHEN c.approved IS NULL THEN NULL
            ELSE FALSE END AS ok,
       CASE WHEN c.approved IS NULL THEN 'a review may be kept outside git, and no approved request names it'
            WHEN x.level = 1 THEN 'not reviewed, and its request was approved by nobody else'
            ELSE 'neither a review nor an approved request' END AS reason,
       coalesce(c.author, '?') || ': ' || coalesce(c.title, '') AS observed
  FROM change c
  JOIN asked x ON x.of_source = c.source AND x.of_repository = c.repository AND x.of_id = c.id
 WHERE coalesce(c.at, as_of()) >= as_of() - days(:window_days)
