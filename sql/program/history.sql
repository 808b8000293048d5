-- Every version of a record, oldest first, with the commit that wrote it.
SELECT h.row_id, h.valid_from, c.actor, c.action, c.reason, c.seq, h.erased_by, {columns}
  FROM {relation}_history h JOIN commits c ON c.seq = h.opened_by
 WHERE h.id = {id} AND h.source = 'record' ORDER BY h.row_id
