-- What was changed since: the leaves name the relations.
SELECT leaf FROM commits WHERE seq > {since} ORDER BY seq LIMIT 2001
