-- Who holds which role; a holder comes before a deputy.
SELECT role, person FROM role_assignment WHERE state = 'active' ORDER BY role, capacity DESC, id
