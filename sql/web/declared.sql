-- Which registers somebody said to be complete, and when.
SELECT r.id, r.confirmed_at, coalesce(p.name, r.keeper) AS keeper FROM register r LEFT JOIN person p ON p.id = r.keeper
