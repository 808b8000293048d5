SELECT count(*) AS n, count(DISTINCT x.test) AS tests, sum(CASE WHEN x.waiver <> '' THEN 1 ELSE 0 END) AS waived FROM fitting x
