-- population: own
-- title: t
-- made-of: m
-- criteria: CC1.1
-- period: p
-- moment: now
-- needs: risk
-- needs: host max_age=1d
SELECT r.id AS id FROM risk r
-- completeness: c
SELECT 1 AS check_name
