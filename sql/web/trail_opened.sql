-- What one commit opened of a relation: a range of ids.
SELECT h.row_id AS row_id, h.erased_by AS erased_by, {key} AS its_key, h.source AS its_source, {columns}
  FROM {relation}_history h
 WHERE h.row_id >= {first} AND h.row_id < {end}
 ORDER BY row_id
 LIMIT {limit}
