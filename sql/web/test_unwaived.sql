-- What fails of one test and nobody has accepted.
SELECT e.item AS item, coalesce(e.reason, '') AS reason
  FROM exception e
 WHERE e.test = {id} AND e.ok IS FALSE AND e.waiver IS NULL
 ORDER BY item
 LIMIT {limit}
