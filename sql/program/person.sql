-- Who somebody is: asked at each request of theirs.
SELECT id, permission, state, name, access_role, directory FROM person WHERE {match}
