-- Where each control stands, as last recorded, and what people say of it.
SELECT r.control AS control, r.state AS state, r.tests AS tests, r.failing AS failing, r.unseen AS unseen, coalesce(r.note, '') AS note,
       r.valid_from AS since_at
  FROM control_result r
 ORDER BY control
