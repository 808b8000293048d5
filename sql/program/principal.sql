-- The person who has this sign-in name, or this id.
SELECT id, permission, state FROM person WHERE {match}
