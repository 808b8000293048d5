-- People who may still be named: who has left is not.
SELECT id, name AS title FROM person WHERE state <> 'left' ORDER BY name, id LIMIT {limit}
