-- How many records of each type there are.
SELECT type, n, written_at FROM ({parts}) x
