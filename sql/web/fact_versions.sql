-- Every version of one fact, newest first, with who wrote it.
SELECT h.row_id AS row_id, h.valid_from AS valid_from, h.valid_to AS valid_to, h.opened_by AS opened_by, h.closed_by AS closed_by,
       coalesce(c.actor, '') AS actor, coalesce(c.action, '') AS action, coalesce(c.reason, '') AS reason, {source} AS its_source, {columns}
  FROM {relation}_history h LEFT JOIN commits c ON c.seq = h.opened_by
 WHERE {match} AND h.valid_from <= as_of()
 ORDER BY its_source, valid_from DESC, row_id DESC
 LIMIT 201
