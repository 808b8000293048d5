-- Who has a value that only one may have.
SELECT id FROM {relation} WHERE {field} = {value} AND id <> {id} LIMIT 1
