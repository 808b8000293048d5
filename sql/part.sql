-- What a session has of a relation in part; goes before a query, after WITH.
{name} AS (SELECT * FROM {from} WHERE {where})
