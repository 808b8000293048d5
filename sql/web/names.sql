-- What records of one type are called: for links to them.
SELECT {type} AS type, id, CAST({title} AS TEXT) AS title FROM {relation} WHERE id IN ({ids}){whose}
