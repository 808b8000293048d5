-- What the page of one's own account says of the person.
SELECT email, login FROM person WHERE id = {person}
