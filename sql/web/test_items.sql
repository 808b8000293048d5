-- What fails, then what could not be told, of one test.
SELECT e.item AS item, e.ok AS ok, coalesce(e.reason, '') AS reason, coalesce(e.observed, '') AS observed, coalesce(e.expected, '') AS expected,
       e.at AS at, coalesce(e.waiver, '') AS waiver, e.waived_until AS waived_until, e.valid_from AS since_at
  FROM exception e
 WHERE e.test = {id}
 ORDER BY (e.ok IS NULL), item
 LIMIT {limit} OFFSET {offset}
