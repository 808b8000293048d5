-- test:      privacy.recipients
-- version:   1
-- title:     Vendors that receive personal data are approved, with purpose and basis, and on the published list
-- kind:      state
-- subject:   vendor
-- controls:  PR-10
-- severity:  high
-- needs:     vendor
-- why:       Once given away, data is beyond our control.
-- remedy:    Write down for what and on which basis the vendor receives the data, have its use approved by someone other
--            than its owner, and put it on the published list of subprocessors.
SELECT v.id,
       CASE WHEN coalesce(v.purpose, '') = '' OR v.legal_basis IS NULL THEN FALSE
            ELSE (v.listed AND v.approver <> v.owner) END AS ok,
       CASE WHEN coalesce(v.purpose, '') = '' THEN 'what it receives the data for is not written down'
            WHEN v.legal_basis IS NULL THEN 'on which basis it receives the data is not written down'
            WHEN v.listed IS NULL THEN 'nobody has looked whether it is on the published list'
            WHEN v.listed IS FALSE THEN 'it is not on the published list'
            WHEN v.approver IS NULL OR v.owner IS NULL THEN 'who owns it or approved its use is not known'
            ELSE 'its owner approved its use' END AS reason,
       v.name AS observed,
       v.owner AS owner
  FROM vendor v
 WHERE v.personal_data AND v.state IN ('active', 'offboarding')
