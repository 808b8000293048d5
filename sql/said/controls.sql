-- What the organisation says of its controls.
SELECT id, state, owner, reason FROM control ORDER BY id
