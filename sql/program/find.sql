-- Records that fit, a page of them.
SELECT {columns} FROM {relation} {where} ORDER BY {sort} LIMIT {limit} OFFSET {offset}
