-- Rows of a relation with where they come from, a page of them.
SELECT {columns}, {source}valid_from FROM {relation} ORDER BY {keys} LIMIT {limit} OFFSET {offset}
