-- Who has this address: for the first sign-in through an identity provider. Two with the same are nobody.
SELECT id FROM person WHERE lower(email) = lower({email}) LIMIT 2
