-- How many requests nobody has answered.
SELECT count(*) AS n FROM trust_request WHERE state = 'received'
