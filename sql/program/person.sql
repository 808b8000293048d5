-- Who somebody is: asked at each request of theirs.
SELECT id, permission, state, name FROM person WHERE {match}
