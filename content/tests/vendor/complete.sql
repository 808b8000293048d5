-- test:      vendor.complete
-- version:   1
-- title:     Every vendor in use has an owner who is here, a service and the data it handles
-- kind:      state
-- subject:   vendor
-- controls:  VN-01
-- severity:  medium
-- needs:     vendor
-- needs:     person
-- why:       A vendor nobody answers for is a vendor nobody checks.
-- remedy:    Write down its owner, its service and which data it handles.
SELECT v.id,
       CASE WHEN v.owner IS NULL OR coalesce(v.service, '') = '' OR coalesce(v.data_handled, '') = '' THEN FALSE
            WHEN v.subservice AND v.method IS NULL THEN FALSE
            ELSE (o.state <> 'left') END AS ok,
       CASE WHEN v.owner IS NULL THEN 'nobody owns it'
            WHEN (o.state = 'left') IS TRUE THEN 'its owner has left'
            WHEN coalesce(v.service, '') = '' THEN 'it does not say what the vendor does'
            WHEN coalesce(v.data_handled, '') = '' THEN 'it does not say which data the vendor handles'
            WHEN v.subservice AND v.method IS NULL THEN 'a subservice organisation without a method: carve_out or inclusive'
            ELSE 'its owner is not in the register of people' END AS reason,
       v.name AS observed,
       v.owner AS owner
  FROM vendor v
  LEFT JOIN person o ON o.id = coalesce(v.owner, '')
 WHERE v.state IN ('active', 'offboarding')
