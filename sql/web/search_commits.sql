-- What was changed since there were so many commits, counted from 0: the leaves name the relations.
SELECT leaf FROM commits WHERE seq >= {since} ORDER BY seq LIMIT 2001
