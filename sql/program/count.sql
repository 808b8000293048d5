-- How many records fit.
SELECT count(*) AS n FROM {relation} {where}
