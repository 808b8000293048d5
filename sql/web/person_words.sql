-- What a password of this person must not be made of.
SELECT name, email, login FROM person WHERE id = {person}
