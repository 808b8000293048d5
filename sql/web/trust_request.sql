-- A request that was granted, and when what the page asks was accepted.
SELECT id, name, company, state, agreed_at FROM trust_request WHERE id = {id}
