-- One version of a record, as somebody read it before it was changed.
SELECT {columns} FROM {relation}_history WHERE row_id = {version} AND id = {id} AND source = 'record'
