-- One record as it stands at the session's moment, and who wrote that version.
SELECT h.row_id, h.valid_from, c.actor, {columns}
  FROM {relation}_history h JOIN commits c ON c.seq = h.opened_by
 WHERE h.id = {id} AND h.source = 'record' AND h.valid_from <= as_of() AND h.valid_to > as_of()
