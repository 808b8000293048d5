-- How many records of other types name this one, and in which field.
SELECT type, field, n FROM ({parts}) x WHERE n > 0 ORDER BY type, field
