-- One part of it.
SELECT '{relation}' AS type, '{field}' AS field, count(*) AS n FROM {relation} WHERE {field} = {id}
