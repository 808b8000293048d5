-- One page of a relation.
SELECT {columns} FROM {relation} r WHERE {match} ORDER BY {order} LIMIT {limit} OFFSET {offset}
