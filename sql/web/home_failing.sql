-- Tests that fail.
SELECT test, exceptions, population, coalesce(waived, 0) AS waived FROM result WHERE state = 'fail'
