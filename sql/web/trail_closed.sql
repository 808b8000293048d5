-- What one commit closed of a relation.
SELECT h.row_id AS row_id, h.erased_by AS erased_by, {key} AS its_key, h.source AS its_source, {columns}
  FROM {relation}_history h
 WHERE h.closed_by = {seq}
 ORDER BY row_id
 LIMIT {limit}
