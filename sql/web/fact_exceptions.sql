-- Tests in which an item of this key fails or could not be told.
SELECT e.test AS test, e.ok AS ok, coalesce(e.reason, '') AS reason FROM exception e WHERE e.item = {key} ORDER BY test LIMIT 100
