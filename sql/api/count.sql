-- How many rows a relation has.
SELECT count(*) AS n FROM {relation}
