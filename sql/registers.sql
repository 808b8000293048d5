-- What somebody said is complete, also where there is none of it.
SELECT id, max(confirmed_at) AS confirmed_at FROM register GROUP BY id
