-- How many people work here.
SELECT count(*) AS n FROM person p WHERE {match}
