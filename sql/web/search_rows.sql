-- All rows of a relation, with the columns that are searched.
SELECT {columns} FROM {relation} LIMIT 200000
