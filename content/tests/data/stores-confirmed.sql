-- test:      data.stores-confirmed
-- version:   1
-- title:     The owner of every data store confirmed its record this year
-- kind:      state
-- subject:   data_store
-- controls:  DA-02
-- severity:  medium
-- needs:     data_store
-- param:     max_days int = 380 guard <= 400
-- why:       Data spreads: what a store held last year is not what it holds now.
-- remedy:    Let its owner read the record and do: attest data_store do confirm ID.
SELECT s.source, s.id,
       (s.confirmed_at >= as_of() - days(:max_days)) AS ok,
       CASE WHEN s.confirmed_at IS NULL THEN 'when it was confirmed is not known' ELSE 'confirmed too long ago' END AS reason,
       s.kind || ' ' || s.name AS observed,
       s.owner AS owner
  FROM data_store s
 WHERE s.state = 'in_use'
