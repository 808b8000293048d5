-- Documents that are offered.
SELECT id, title, description, access, file FROM trust_document WHERE state = 'offered' ORDER BY access, title, id LIMIT 200
