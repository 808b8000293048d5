-- test:      data.destroyed-with-proof
-- version:   1
-- title:     Data stores that were given up were emptied, with proof
-- kind:      state
-- subject:   data_store
-- controls:  DA-03, PH-04
-- severity:  high
-- needs:     data_store
-- needs:     disposal empty=ok
-- param:     max_days int = 90 guard <= 190
-- why:       A store nobody uses is a store nobody guards.
-- remedy:    Destroy what is in it and record that: attest disposal add subject=data_store/ID kind=retention.
WITH proofs AS (
     SELECT s.id AS of_id,
            max(CASE WHEN d.id IS NULL THEN 0 WHEN d.certificate IS NOT NULL AND d.method IS NOT NULL THEN 2 ELSE 1 END) AS level
       FROM data_store s
       LEFT JOIN disposal d ON d.subject = 'data_store/' || s.id AND d.state = 'done'
      WHERE s.state IN ('retired', 'destroyed')
      GROUP BY s.id
)
SELECT s.source, s.id,
       CASE WHEN p.level = 2 THEN TRUE
            WHEN p.level = 1 THEN NULL
            WHEN s.state = 'destroyed' THEN FALSE
            ELSE (s.retired_at >= as_of() - days(:max_days)) END AS ok,
       CASE WHEN p.level = 1 THEN 'method or proof of its disposal is not known'
            WHEN s.state = 'destroyed' THEN 'no disposal of it is on record'
            WHEN s.retired_at IS NULL THEN 'since when it is out of use is not known'
            ELSE 'out of use and still there' END AS reason,
       s.kind || ' ' || s.name AS observed,
       s.owner AS owner
  FROM data_store s
  JOIN proofs p ON p.of_id = s.id
