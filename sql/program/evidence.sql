-- Whether a piece of evidence supports a record.
SELECT id FROM evidence WHERE supports = {id} AND state = 'current' LIMIT 1
