-- What records are called: for links to them.
SELECT id, {title} AS title FROM {relation} WHERE id IN ({ids}){whose}
