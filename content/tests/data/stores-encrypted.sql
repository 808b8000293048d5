-- test:      data.stores-encrypted
-- version:   1
-- title:     Data stores whose class asks for it are encrypted
-- kind:      state
-- subject:   data_store
-- controls:  CR-03
-- severity:  high
-- needs:     data_store
-- needs:     data_class
-- why:       A copied disk or a public bucket is harmless as long as nobody can read it.
-- remedy:    Turn encryption on, then: attest data_store edit ID encrypted=true encryption=TEXT. A store that needs
--            none belongs to a class that says so.
SELECT s.source, s.id,
       CASE WHEN s.encrypted IS TRUE THEN TRUE
            WHEN c.encryption_required IS NULL THEN NULL
            ELSE s.encrypted END AS ok,
       CASE WHEN s.encrypted IS NULL THEN 'whether it is encrypted is not recorded'
            WHEN c.encryption_required IS NULL THEN 'its class is not recorded, and it is not encrypted'
            ELSE 'it is not encrypted' END AS reason,
       s.kind || ' ' || s.name || ', ' || coalesce(s.classification, '?') AS observed,
       s.owner AS owner
  FROM data_store s
  LEFT JOIN data_class c ON c.id = coalesce(s.classification, '')
 WHERE s.state IN ('in_use', 'retired') AND s.kind <> 'paper' AND c.encryption_required IS NOT FALSE
