-- test:      data.classes-approved
-- version:   1
-- title:     Classes of information were approved this year by somebody other than their owner
-- kind:      state
-- subject:   data_class
-- controls:  DA-01
-- severity:  medium
-- needs:     data_class
-- param:     max_days int = 380 guard <= 400
-- why:       Handling rules that nobody stands behind are not followed.
-- remedy:    attest data_class do submit ID, then do approve ID, by somebody who neither owns it nor put it forward.
SELECT c.source, c.id,
       CASE WHEN c.state <> 'approved' THEN FALSE
            ELSE (c.approver <> c.owner AND c.approved_at >= as_of() - days(:max_days)) END AS ok,
       CASE WHEN c.state <> 'approved' THEN 'not approved yet'
            WHEN c.approver IS NULL OR c.owner IS NULL OR c.approved_at IS NULL THEN 'who approved it, or when, is not known'
            WHEN (c.approver = c.owner) IS TRUE THEN 'approved by its owner'
            ELSE 'approved too long ago' END AS reason,
       c.title AS observed,
       c.owner AS owner
  FROM data_class c
 WHERE c.state <> 'withdrawn'
